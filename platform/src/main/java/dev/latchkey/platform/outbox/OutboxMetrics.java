package dev.latchkey.platform.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What operators see of the relay. */
final class OutboxMetrics {

    private final MeterRegistry registry;
    private final Counter failures;
    private volatile long pending;
    private volatile double oldestAgeSeconds;
    private volatile boolean relaying;

    OutboxMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.failures = Counter.builder("latchkey.outbox.failures")
                .description("How often publishing was given up for the moment")
                .register(registry);
        Gauge.builder("latchkey.outbox.pending", this, metrics -> metrics.pending)
                .description("Committed events that are still to be published")
                .register(registry);
        Gauge.builder("latchkey.outbox.oldest.age", this, metrics -> metrics.oldestAgeSeconds)
                .description("The age of the oldest event that is still to be published")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("latchkey.outbox.relaying", this, metrics -> metrics.relaying ? 1 : 0)
                .description("1 on the replica that publishes")
                .register(registry);
    }

    void backlog(OutboxTable.Backlog backlog) {
        pending = backlog.rows();
        oldestAgeSeconds = backlog.oldestAgeSeconds();
    }

    void relaying(boolean now) {
        relaying = now;
    }

    void published(String topic, int events) {
        registry.counter("latchkey.outbox.published", "topic", topic).increment(events);
    }

    void failed() {
        failures.increment();
    }
}
