package dev.latchkey.flow.progress;

import dev.latchkey.flow.FlowConfig;
import dev.latchkey.flow.entry.ReplicasGone;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Gives a flow to one run at a time, on all replicas: for a while, and at most until the replica of the run dies. */
@ApplicationScoped
class FlowHolds {

    private static final Duration AFTER_STEP = Duration.ofSeconds(30);

    private final EntityManager database;
    private final Duration stepTimeout;
    private final Clock clock;

    FlowHolds(EntityManager database, FlowConfig config, Clock clock) {
        this.database = database;
        this.stepTimeout = config.stepTimeout();
        this.clock = clock;
    }

    /**
     * Takes a flow for a run.
     *
     * @return whether it was still at this revision, and nobody else holds it
     */
    @Transactional
    boolean take(String id, long revision, String runId) {
        Instant now = clock.instant();
        leaveFlushingToTheNextCommit();
        return database.createQuery("""
                        update Flow set busyBy = :run, busyUntil = :until
                        where id = :id and revision = :revision and not ended and expiresAt > :now
                            and (busyBy is null or busyUntil <= :now)
                        """)
                        .setParameter("run", runId)
                        .setParameter("until", until(now))
                        .setParameter("id", id)
                        .setParameter("revision", revision)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    /** What a replica was running when it died others can run at once; what nobody has seen yet never was. */
    void replicasGone(@Observes ReplicasGone gone) {
        database.createNativeQuery(
                        "delete from flow where step_id is null and split_part(busy_by, '/', 1) in (:replicas)")
                .setParameter("replicas", gone.ids())
                .executeUpdate();
        database.createNativeQuery("update flow set busy_by = null, busy_until = null"
                        + " where split_part(busy_by, '/', 1) in (:replicas)")
                .setParameter("replicas", gone.ids())
                .executeUpdate();
    }

    /** Gives a flow back as it was. */
    @Transactional
    void giveBack(FlowRun run) {
        leaveFlushingToTheNextCommit();
        database.createQuery("update Flow set busyBy = null, busyUntil = null where id = :id and busyBy = :run")
                .setParameter("id", run.header().id())
                .setParameter("run", run.runId())
                .executeUpdate();
    }

    /**
     * Lets the transaction commit without waiting for the disk. For what nobody is told of: that a run holds a flow. Its result is
     * committed in the usual way, and all before it with it; where a crash of the database comes in between, the run finds that
     * the flow is not its own, and its client that it is gone, or as it was before the step.
     */
    void leaveFlushingToTheNextCommit() {
        database.createNativeQuery("set local synchronous_commit to off").executeUpdate();
    }

    /** Returns how long a run that begins now holds its flow at most: one that is not back by then has died. */
    Instant until(Instant now) {
        return now.plus(stepTimeout).plus(AFTER_STEP);
    }
}
