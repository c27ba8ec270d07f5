package dev.latchkey.signing.boot;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the links of the other replicas can be verified. */
@Readiness
@ApplicationScoped
class BootTopicCheck implements HealthCheck {

    private final BootTopic topic;

    BootTopicCheck(BootTopic topic) {
        this.topic = topic;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("boots").status(topic.isRead()).build();
    }
}
