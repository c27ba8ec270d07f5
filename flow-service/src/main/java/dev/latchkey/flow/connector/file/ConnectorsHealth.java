package dev.latchkey.flow.connector.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Says which files are not used, and why. It is up all the same: the other connectors and all entries go on. */
@Readiness
@ApplicationScoped
class ConnectorsHealth implements HealthCheck {

    private static final int MOST_PROBLEMS = 50;

    private final ConnectorCatalog catalog;

    @Inject
    ConnectorsHealth(ConnectorCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("connectors").up();
        response.withData("connectors", catalog.connectors().size());
        catalog.problems().stream()
                .limit(MOST_PROBLEMS)
                .forEach(problem ->
                        response.withData(problem.file(), "line " + problem.line() + ": " + problem.cause()));
        return response.build();
    }
}
