package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.FlowSource;
import dev.latchkey.flow.entry.EntryDisabled;
import dev.latchkey.flow.entry.EntryLimits;
import dev.latchkey.flow.entry.EntryRemoved;
import dev.latchkey.flow.entry.EntryWorksAgain;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** Removes flows, and says so where they were seen. A step that runs meanwhile finds that its flow is gone. */
@ApplicationScoped
class FlowRemoval {

    private static final String RETURNING = " returning id, domain, handler, source, entry_id, step_id, ended";

    private static final String EXPIRED = "expires_at <= :now and domain = :domain";
    private static final String IDLE = "source <> 'reauth' and not ended and busy_by is null";

    private final EntityManager database;
    private final Event<FlowsClosed> closed;
    private final Clock clock;

    FlowRemoval(EntityManager database, Event<FlowsClosed> closed, Clock clock) {
        this.database = database;
        this.closed = closed;
        this.clock = clock;
    }

    /**
     * Removes an open flow for its client.
     *
     * @return whether there was one
     */
    @Transactional
    boolean byClient(String id, boolean ofOptions) {
        return EntryLimits.isId(id)
                && delete(database.createNativeQuery(
                                        "delete from flow where id = :id and step_id is not null and not ended and expires_at > :now"
                                                + " and (source = 'options') = :ofOptions" + RETURNING)
                                .setParameter("id", id)
                                .setParameter("now", clock.instant())
                                .setParameter("ofOptions", ofOptions))
                        > 0;
    }

    /**
     * Removes the flow of a run.
     *
     * @return false when it was not this run's any more
     */
    @Transactional
    boolean byRun(FlowRun run) {
        return delete(database.createNativeQuery("delete from flow where id = :id and busy_by = :run" + RETURNING)
                        .setParameter("id", run.header().id())
                        .setParameter("run", run.runId()))
                > 0;
    }

    /** Removes what an entry that a run has added leaves without a purpose: other flows for the same account. */
    @Transactional
    void ofSameAccount(FlowRun run) {
        if (run.uniqueId() != null) {
            delete(database.createNativeQuery("delete from flow where domain = :domain and unique_id = :uniqueId"
                            + " and source <> 'options' and not ended and id <> :id" + RETURNING)
                    .setParameter("domain", run.header().domain())
                    .setParameter("uniqueId", run.uniqueId())
                    .setParameter("id", run.header().id()));
        }
    }

    /** Removes all other flows that would add an entry of a domain that can have only one. */
    @Transactional
    void ofSameDomain(FlowRun run) {
        delete(database.createNativeQuery("delete from flow where domain = :domain and source = 'user'"
                        + " and not ended and id <> :id" + RETURNING)
                .setParameter("domain", run.header().domain())
                .setParameter("id", run.header().id()));
    }

    /**
     * Makes room for a new flow: removes those of its domain whose time is over, so that they stand in nobody's way, and of all
     * that people started the ones that were idle longest. There is hardly ever any, and looking costs less than removing nothing.
     *
     * @param most how many open flows there may be with the new one
     * @return whether any was removed
     */
    @Transactional
    boolean makesRoomFor(String domain, int most) {
        boolean needed = (Boolean) database.createNativeQuery("select exists (select from flow where " + EXPIRED + ")"
                        + " or exists (select from flow where " + IDLE + " order by expires_at desc offset :most)")
                .setParameter("now", clock.instant())
                .setParameter("domain", domain)
                .setParameter("most", most - 1)
                .getSingleResult();
        return needed && expired(domain) + beyond(most - 1) > 0;
    }

    /**
     * Removes the flows of a domain whose time is over.
     *
     * @return how many were removed
     */
    @Transactional
    int expired(String domain) {
        return delete(database.createNativeQuery("delete from flow where id in (select id from flow where " + EXPIRED
                        + " for update skip locked)" + RETURNING)
                .setParameter("now", clock.instant())
                .setParameter("domain", domain));
    }

    private int beyond(int most) {
        return delete(database.createNativeQuery("delete from flow where id in (select id from flow where " + IDLE
                        + " order by expires_at desc offset :most for update skip locked)" + RETURNING)
                .setParameter("most", most));
    }

    @Scheduled(every = "PT30S", delayed = "PT15S", concurrentExecution = ConcurrentExecution.SKIP)
    @Transactional
    void expired() {
        delete(database.createNativeQuery("delete from flow where id in (select id from flow where expires_at <= :now"
                        + " limit 1000 for update skip locked)" + RETURNING)
                .setParameter("now", clock.instant()));
    }

    /** Removing an entry ends all its flows (decision F6). */
    void entryRemoved(@Observes EntryRemoved removed) {
        delete(database.createNativeQuery("delete from flow where entry_id = :entry" + RETURNING)
                .setParameter("entry", removed.entryId()));
    }

    /** An entry that works again needs no re-authentication (decision F7). */
    void worksAgain(@Observes EntryWorksAgain working) {
        endReauth(working.entryId());
    }

    /** Nor does one that nobody sets up. */
    void disabled(@Observes EntryDisabled disabled) {
        endReauth(disabled.entryId());
    }

    private void endReauth(String entryId) {
        delete(database.createNativeQuery(
                        "delete from flow where entry_id = :entry and source = 'reauth' and not ended" + RETURNING)
                .setParameter("entry", entryId));
    }

    void announce(FlowHeader header) {
        closed.fire(new FlowsClosed(
                List.of(new FlowClosed(header.id(), header.domain(), header.source(), header.entryId()))));
    }

    @SuppressWarnings("unchecked")
    private int delete(Query statement) {
        List<Object[]> rows = statement.getResultList();
        List<FlowClosed> seen = rows.stream()
                .filter(row -> row[5] != null && !(Boolean) row[6])
                .map(row -> new FlowClosed(
                        (String) row[0],
                        (String) row[1],
                        FlowSource.valueOf(((String) row[3]).toUpperCase(Locale.ROOT)),
                        (String) row[4]))
                .toList();
        if (!seen.isEmpty()) {
            closed.fire(new FlowsClosed(seen));
        }
        return rows.size();
    }
}
