package dev.latchkey.flow.audit;

import dev.latchkey.flow.audit.HistoryRepository.Line;
import dev.latchkey.flow.entry.EntriesChanged;
import dev.latchkey.flow.entry.EntryChanged;
import dev.latchkey.flow.entry.Origin;
import dev.latchkey.flow.entry.Origins;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes down who does what to entries, in the transaction that does it. */
@ApplicationScoped
public class History {

    /** The most records of one page. */
    static final int MOST = 100;

    private static final int FORGOTTEN_AT_ONCE = 5_000;

    private final HistoryRepository records;
    private final Origins origins;
    private final Duration retention;
    private final Clock clock;

    History(HistoryRepository records, Origins origins, HistoryConfig config, Clock clock) {
        this.records = records;
        this.origins = origins;
        this.retention = config.retention();
        this.clock = clock;
    }

    /** Notes that the caller of the current request read the credentials of an entry. */
    @Transactional
    public void credentialsRead(String entryId) {
        records.add(List.of(line(entryId, "credentials_read", origins.current(), clock.instant(), List.of())));
    }

    /**
     * Returns what was done to an entry, the newest first.
     *
     * @param before only what has a smaller position
     * @param most how many; at most {@link #MOST}
     */
    @Transactional
    List<HistoryRecord> of(String entryId, long before, int most) {
        return records.page(entryId, before, Math.min(most, MOST));
    }

    /** Which states an entry goes through is no deed of anybody; its events tell it. */
    void note(@Observes EntriesChanged event) {
        records.add(event.changes().stream()
                .filter(change -> change.kind() != EntryChanged.Kind.STATE_CHANGED)
                .map(change -> line(
                        change.entry().entryId(),
                        change.kind().name().toLowerCase(Locale.ROOT),
                        change.origin(),
                        change.at(),
                        change.fields()))
                .toList());
    }

    @Scheduled(every = "PT1H", delayed = "PT10M", concurrentExecution = ConcurrentExecution.SKIP)
    void forget() {
        Instant before = clock.instant().minus(retention);
        int forgotten;
        do {
            forgotten = records.forget(before, FORGOTTEN_AT_ONCE);
        } while (forgotten == FORGOTTEN_AT_ONCE);
    }

    private static Line line(String entryId, String action, Origin origin, Instant at, List<String> fields) {
        return new Line(
                entryId,
                new HistoryRecord(
                        0, at, action, origin.userId(), origin.clientId(), origin.address(), origin.flowId(), fields));
    }
}
