package org.scibert.function;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import org.scibert.function.model.ModelSource;
import org.scibert.function.room.FakeModel;
import org.scibert.function.room.Model;

@Alternative
@Priority(1)
@Singleton
class FakeSource implements ModelSource {
    @Override
    public Model open() {
        return new FakeModel();
    }
}
