package dev.latchkey.platform.revocation;

import dev.latchkey.platform.services.ServicesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Gives a service that verifies access tokens its view of revoked grants; with {@code latchkey.revocations.follow}. */
@ApplicationScoped
@IfBuildProperty(name = "latchkey.revocations.follow", stringValue = "true")
class RevokedGrantsBeans {

    @Produces
    @Singleton
    @IfBuildProperty(name = "latchkey.revocations.follow", stringValue = "true")
    RevokedGrants revokedGrants(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ServicesConfig services,
            RevocationsConfig config,
            MeterRegistry registry,
            Clock clock) {
        Introspection introspection = new Introspection(
                services.authUrl()
                        .orElseThrow(() -> new IllegalStateException(
                                "Set LATCHKEY_SERVICES_AUTH_URL to where this service reaches auth-service")),
                services.secret()
                        .orElseThrow(() -> new IllegalStateException(
                                "Set LATCHKEY_SERVICES_SECRET to the credential that the services share")),
                registry);
        return new RevokedGrants(Map.copyOf(kafka), config.mostRemembered(), introspection, registry, clock);
    }

    void start(@Observes StartupEvent start, RevokedGrants revoked) {
        revoked.start();
    }

    void stop(@Disposes RevokedGrants revoked) {
        revoked.close();
    }

    @Produces
    @Singleton
    @Readiness
    @IfBuildProperty(name = "latchkey.revocations.follow", stringValue = "true")
    HealthCheck revocationsRead(RevokedGrants revoked) {
        return () -> HealthCheckResponse.named("revocations were read")
                .status(revoked.readToItsEnd())
                .withData("staleness", revoked.staleness().name())
                .build();
    }
}
