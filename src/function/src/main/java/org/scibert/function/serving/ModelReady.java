package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

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
        Model.Id id;
        try (ModelInService.Lease lease = service.lease()) {
            id = lease.model().id();
        } catch (UnavailableException e) {
            return HealthCheckResponse.down(NAME);
        }
        return HealthCheckResponse.named(NAME)
                .withData("name", id.name())
                .withData("version", id.version())
                .withData("loadMillis", loader.loadMillis())
                .up()
                .build();
    }
}
