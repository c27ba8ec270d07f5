package dev.latchkey.flow.metric;

import dev.latchkey.flow.entry.EntryCounts;
import dev.latchkey.flow.entry.EntryCounts.Backlog;
import dev.latchkey.platform.http.DatabaseOutage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Entries by integration and state, and how many wait for new credentials, and for how long. */
@ApplicationScoped
class EntryMetrics {

    private static final Logger LOG = Logger.getLogger(EntryMetrics.class);
    private static final double MILLIS = 1_000;

    private final EntryCounts counts;
    private final Clock clock;
    private final MultiGauge entries;
    private volatile Backlog backlog = new Backlog(0, null);

    EntryMetrics(EntryCounts counts, MeterRegistry registry, Clock clock) {
        this.counts = counts;
        this.clock = clock;
        this.entries = MultiGauge.builder("latchkey.flow.entries")
                .description("Entries by integration and state")
                .register(registry);
        Gauge.builder("latchkey.flow.reauth.backlog", () -> backlog.entries())
                .description("Entries whose credentials are refused")
                .register(registry);
        Gauge.builder("latchkey.flow.reauth.oldest", this::oldestSeconds)
                .description("For how long the first of them has been waiting for new credentials")
                .baseUnit("seconds")
                .register(registry);
    }

    @Scheduled(every = "PT10S", concurrentExecution = ConcurrentExecution.SKIP)
    void count() {
        try {
            entries.register(
                    counts.byDomainAndState().stream()
                            .map(count -> MultiGauge.Row.of(
                                    Tags.of("domain", count.domain(), "state", count.state()), count.entries()))
                            .toList(),
                    true);
            backlog = counts.waitingForCredentials();
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isBehind(e)) {
                throw e;
            }
            LOG.debugf("Entries could not be counted and will be: %s", e.getMessage());
        }
    }

    private double oldestSeconds() {
        Backlog now = backlog;
        return now.since() == null
                ? 0
                : Duration.between(now.since(), clock.instant()).toMillis() / MILLIS;
    }
}
