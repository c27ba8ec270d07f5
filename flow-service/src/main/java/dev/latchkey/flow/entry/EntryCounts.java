package dev.latchkey.flow.entry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** Counts entries for dashboards, in one query for each kind of count. */
@ApplicationScoped
public class EntryCounts {

    private final EntityManager database;

    EntryCounts(EntityManager database) {
        this.database = database;
    }

    /**
     * How many entries of an integration are in a state.
     *
     * @param state as clients know it, or {@code disabled}
     */
    public record Count(String domain, String state, long entries) {}

    /**
     * How many entries wait for new credentials.
     *
     * @param since when the first of them began to; null when there is none
     */
    public record Backlog(long entries, Instant since) {}

    /** Returns the counts that are not zero. */
    @Transactional
    public List<Count> byDomainAndState() {
        return database.createQuery("""
                        select domain, case when disabledBy is null then state else 'disabled' end, count(*)
                        from Entry group by 1, 2
                        """, Tuple.class).getResultList().stream()
                .map(row -> new Count(row.get(0, String.class), row.get(1, String.class), row.get(2, Long.class)))
                .toList();
    }

    /** Returns how many entries have credentials that are refused. */
    @Transactional
    public Backlog waitingForCredentials() {
        Tuple row = database.createQuery(
                        "select count(*), min(refusedSince) from Entry where refusedSince is not null and disabledBy is null",
                        Tuple.class)
                .getSingleResult();
        return new Backlog(row.get(0, Long.class), row.get(1, Instant.class));
    }
}
