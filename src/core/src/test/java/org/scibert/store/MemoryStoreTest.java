package org.scibert.store;

/** The twin keeps the contract too, so that tests on it mean something. */
class MemoryStoreTest extends ObjectStoreContract {
    @Override
    ObjectStore open() {
        return new MemoryStore();
    }
}
