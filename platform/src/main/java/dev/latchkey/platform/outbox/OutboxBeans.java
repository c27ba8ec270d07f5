package dev.latchkey.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives a service its outbox, and runs the relay as long as the service; for services with {@code latchkey.outbox.enabled}. */
@ApplicationScoped
@IfBuildProperty(name = "latchkey.outbox.enabled", stringValue = "true")
class OutboxBeans {

    private final DataSource database;

    /** Null until the start. */
    private OutboxRelay relay;

    OutboxBeans(DataSource database) {
        this.database = database;
    }

    @Produces
    @Singleton
    @IfBuildProperty(name = "latchkey.outbox.enabled", stringValue = "true")
    Outbox outbox() {
        return new JdbcOutbox(database);
    }

    void start(
            @Observes StartupEvent start,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String service,
            Publication publication,
            MeterRegistry registry) {
        relay = OutboxRelay.start(database, Map.copyOf(kafka), service, publication, registry);
    }

    void stop(@Observes ShutdownEvent stop) {
        if (relay != null) {
            relay.close();
        }
    }
}
