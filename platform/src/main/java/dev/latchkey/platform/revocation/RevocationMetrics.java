package dev.latchkey.platform.revocation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;

/** What operators see of a verifier: how long a revocation takes to it, and whether it decides from memory, and if not why. */
final class RevocationMetrics {

    private final Timer latency;
    private final Clock clock;

    RevocationMetrics(MeterRegistry registry, Clock clock, RevocationFeed feed) {
        this.clock = clock;
        this.latency = Timer.builder("latchkey.revocations.latency")
                .description("From the revocation at auth-service until this service knows it")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500))
                .register(registry);
        Gauge.builder("latchkey.revocations.lag", feed, f -> f.behind().toMillis() / 1000.0)
                .description("For how long nothing is known of revocations")
                .baseUnit("seconds")
                .register(registry);
        for (Staleness cause : Staleness.values()) {
            if (cause != Staleness.NONE) {
                Gauge.builder("latchkey.revocations.stale", feed, f -> f.staleness() == cause ? 1 : 0)
                        .description("1 while decisions are not made from memory")
                        .tag("cause", cause.name().toLowerCase(java.util.Locale.ROOT))
                        .register(registry);
            }
        }
    }

    void applied(Revocation revocation) {
        Duration since = Duration.between(revocation.revokedAt(), clock.instant());
        latency.record(since.isNegative() ? Duration.ZERO : since);
    }
}
