package dev.latchkey.platform.user;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Gives a service its view of the users; with {@code latchkey.users.follow}. */
@ApplicationScoped
@IfBuildProperty(name = "latchkey.users.follow", stringValue = "true")
class UsersBeans {

    @Produces
    @Singleton
    @IfBuildProperty(name = "latchkey.users.follow", stringValue = "true")
    Users users(@Identifier("default-kafka-broker") Map<String, Object> kafka, MeterRegistry registry) {
        return new Users(Map.copyOf(kafka), registry);
    }

    void start(@Observes StartupEvent start, Users users) {
        users.start();
    }

    void stop(@Disposes Users users) {
        users.close();
    }

    @Produces
    @Singleton
    @Readiness
    @IfBuildProperty(name = "latchkey.users.follow", stringValue = "true")
    HealthCheck usersRead(Users users) {
        return () -> HealthCheckResponse.named("users were read")
                .status(users.readToItsEnd())
                .build();
    }
}
