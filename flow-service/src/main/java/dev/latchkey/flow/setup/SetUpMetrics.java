package dev.latchkey.flow.setup;

import dev.latchkey.flow.configflow.SetUpOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Counts and times how entries are tried. */
@ApplicationScoped
class SetUpMetrics {

    private final MeterRegistry registry;

    SetUpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Notes that an entry was tried.
     *
     * @param failedBefore consecutive tries that failed before this one
     */
    void tried(String domain, SetUpOutcome outcome, int failedBefore, Duration took) {
        Timer.builder("latchkey.flow.setup")
                .description("How long entries were tried, and what came of it")
                .tag("domain", domain)
                .tag("outcome", name(outcome))
                .register(registry)
                .record(took);
        if (failedBefore > 0) {
            Counter.builder("latchkey.flow.setup.retries")
                    .description("Tries of entries that were not ready before")
                    .tag("domain", domain)
                    .register(registry)
                    .increment();
        }
    }

    private static String name(SetUpOutcome outcome) {
        return switch (outcome) {
            case SetUpOutcome.Loaded loaded -> "loaded";
            case SetUpOutcome.NotReady notReady -> "not_ready";
            case SetUpOutcome.AuthenticationFailed failed -> "authentication_failed";
            case SetUpOutcome.ConfigurationError error -> "configuration_error";
        };
    }
}
