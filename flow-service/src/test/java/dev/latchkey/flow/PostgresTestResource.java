package dev.latchkey.flow;

import dev.latchkey.embedded.Database;
import dev.latchkey.embedded.EphemeralPostgres;
import dev.latchkey.embedded.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives the service under test a real PostgreSQL of its own. */
public class PostgresTestResource implements QuarkusTestResourceLifecycleManager {

    private EphemeralPostgres postgres;

    @Override
    public Map<String, String> start() {
        postgres = PostgresServer.ephemeral();
        Database database = postgres.database("flow");
        return Map.of(
                "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                "quarkus.datasource.username", database.username(),
                "quarkus.datasource.password", database.password());
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
