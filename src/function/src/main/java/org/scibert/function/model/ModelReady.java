package org.scibert.function.model;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.scibert.function.room.Model;
import org.scibert.function.room.ModelAnswer;
import org.scibert.function.room.ModelInService;

/** Ready when a model is in service, which it is once it has classified a text. */
@Readiness
@Singleton
public class ModelReady implements HealthCheck {
    private static final String NAME = "model";

    private final ModelInService service;
    private final ModelLoader loader;

    @Inject
    ModelReady(ModelInService service, ModelLoader loader) {
        this.service = service;
        this.loader = loader;
    }

    @Override
    public HealthCheckResponse call() {
        if (!service.isReady()) {
            return HealthCheckResponse.down(NAME);
        }
        ModelAnswer about = service.use(Model::about);
        return HealthCheckResponse.named(NAME)
                .withData("name", about.name())
                .withData("version", about.version())
                .withData("loadMillis", loader.loadMillis())
                .up()
                .build();
    }
}
