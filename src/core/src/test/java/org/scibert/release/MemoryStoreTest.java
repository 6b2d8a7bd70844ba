package org.scibert.release;

/** The twin keeps the contract too, so that tests on it mean something. */
class MemoryStoreTest extends ObjectStoreContract {
    @Override
    ObjectStore open() {
        return new MemoryStore();
    }
}
