package dev.latchkey.flow.progress;

import dev.latchkey.flow.FlowConfig;
import dev.latchkey.flow.configflow.FlowSource;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.EntryLimits;
import dev.latchkey.flow.form.DataJson;
import dev.latchkey.platform.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps flows in the database, so that they survive a restart and any replica can continue them. A step is run by whoever holds
 * the flow ({@link FlowHolds}), and what it changes counts only as long as it is still its own. No connection is held while a
 * step runs.
 */
@ApplicationScoped
class FlowStore {

    /** The re-authentication of a refused entry ends when that works again or is gone, not by time (decision F1). */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private static final Duration TASK_LEASE = Duration.ofSeconds(20);

    private final EntityManager database;
    private final Entries entries;
    private final FlowSealing sealing;
    private final FlowRemoval removal;
    private final FlowHolds holds;
    private final Event<FlowOpened> opened;
    private final Event<FlowProgressed> progressed;
    private final FlowConfig config;
    private final Clock clock;

    FlowStore(
            EntityManager database,
            Entries entries,
            FlowSealing sealing,
            FlowRemoval removal,
            FlowHolds holds,
            Event<FlowOpened> opened,
            Event<FlowProgressed> progressed,
            FlowConfig config,
            Clock clock) {
        this.database = database;
        this.entries = entries;
        this.sealing = sealing;
        this.removal = removal;
        this.holds = holds;
        this.opened = opened;
        this.progressed = progressed;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Keeps a new flow, held by its first run and not to be seen before that returns.
     *
     * @return false when there may be no second flow like this one: its entry has one already
     */
    @Transactional
    boolean insert(FlowRun run) {
        Instant now = clock.instant();
        FlowHeader header = run.header();
        if (!removal.makesRoomFor(header.domain(), config.maxOpenFlows())) {
            holds.leaveFlushingToTheNextCommit();
        }
        int inserted = database.createQuery("""
                        insert into Flow (id, domain, handler, source, entryId, uniqueId, holdsId, context, sealedState,
                            keyId, revision, busyBy, busyUntil, ended, startedAt, expiresAt)
                        values (:id, :domain, :handler, :source, :entry, :uniqueId, false, :context, :state,
                            :key, 0L, :run, :until, false, :now, :until)
                        on conflict do nothing
                        """)
                .setParameter("id", header.id())
                .setParameter("domain", header.domain())
                .setParameter("handler", header.handler())
                .setParameter("source", header.source().id())
                .setParameter("entry", header.entryId())
                .setParameter("uniqueId", run.uniqueId())
                .setParameter("context", run.contextJson())
                .setParameter("state", sealing.seal(run.state(null)))
                .setParameter("key", sealing.keyId())
                .setParameter("run", run.runId())
                .setParameter("until", holds.until(now))
                .setParameter("now", now)
                .executeUpdate();
        return inserted == 1;
    }

    /**
     * Returns a flow whose first step has returned, also one that has ended without its client.
     *
     * @param ofOptions whether it must be one that changes options, or must not
     */
    @Transactional
    Optional<OpenFlow> find(String id, boolean ofOptions) {
        return find(id).filter(flow -> flow.header().ofOptions() == ofOptions);
    }

    /** As {@link #find(String, boolean)}, of any kind. */
    @Transactional
    Optional<OpenFlow> find(String id) {
        if (!EntryLimits.isId(id)) {
            return Optional.empty();
        }
        FlowEntity row = database.find(FlowEntity.class, id);
        return row == null || row.stepId == null || !row.expiresAt.isAfter(clock.instant())
                ? Optional.empty()
                : Optional.of(read(row));
    }

    /** Returns the open flow of an entry and a source, if there is one whose first step has returned. */
    @Transactional
    Optional<OpenFlow> ofEntry(String entryId, FlowSource source) {
        return database.createQuery(
                        "from Flow where entryId = :entry and source = :source and stepId is not null and not ended"
                                + " and expiresAt > :now",
                        FlowEntity.class)
                .setParameter("now", clock.instant())
                .setParameter("entry", entryId)
                .setParameter("source", source.id())
                .getResultStream()
                .findFirst()
                .map(this::read);
    }

    /** Tells whether an entry is just being healed or changed by a flow, also by one that was not seen yet. */
    @Transactional
    boolean anyChanging(String entryId) {
        return !database.createQuery(
                        "select id from Flow where entryId = :entry and source in ('reauth', 'reconfigure')"
                                + " and not ended and expiresAt > :now",
                        String.class)
                .setParameter("entry", entryId)
                .setParameter("now", clock.instant())
                .getResultList()
                .isEmpty();
    }

    /** Lets the re-authentication of an entry, if one is open, live on until the entry works again: it has been refused. */
    @Transactional
    void keepHealing(String entryId) {
        database.createQuery("update Flow set expiresAt = :never where entryId = :entry and source = 'reauth'"
                        + " and stepId is not null and not ended and expiresAt > :now")
                .setParameter("never", NEVER)
                .setParameter("entry", entryId)
                .setParameter("now", clock.instant())
                .executeUpdate();
    }

    /** Returns the id of the flow that waits for an external page which passes this state back. */
    @Transactional
    Optional<String> waitingFor(String callbackState) {
        return database.createQuery("select id from Flow where callbackHash = :hash", String.class)
                .setParameter("hash", Secrets.sha256(callbackState))
                .getResultStream()
                .findFirst();
    }

    /** Returns the open flows that add or change entries, oldest first. */
    @Transactional
    List<FlowProgress> list() {
        return database.createQuery(
                        "select id, handler, context, stepId from Flow where stepId is not null and not ended"
                                + " and source <> 'options' and expiresAt > :now order by startedAt, id",
                        Object[].class)
                .setParameter("now", clock.instant())
                .getResultStream()
                .map(row -> new FlowProgress(
                        (String) row[0], (String) row[1], DataJson.readMap((String) row[2]), (String) row[3]))
                .toList();
    }

    /**
     * Keeps a flow with a result that waits for something, and gives it back.
     *
     * @param taskBy who runs the task that it waits for; null when it waits for none
     * @return false when it was not this run's any more
     */
    @Transactional
    boolean save(FlowRun run, Shown shown, String taskBy) {
        boolean saved = update(run, shown, taskBy, false);
        if (saved && run.isFirst()) {
            FlowProgress progress = new FlowProgress(
                    run.header().id(), run.header().handler(), DataJson.readMap(run.contextJson()), shown.stepId());
            opened.fire(new FlowOpened(progress, run.header().entryId()));
        } else if (saved && run.unattended() && shown.differsFrom(run.before())) {
            progressed.fire(new FlowProgressed(run.header().id(), run.header().handler()));
        }
        return saved;
    }

    /**
     * Keeps nothing of a flow but how it ended, for a client that was not there. Called within the transaction of its end.
     *
     * @return false when it was not this run's any more
     */
    boolean end(FlowRun run, Shown shown) {
        boolean ended = update(run, shown, null, true);
        if (ended) {
            removal.announce(run.header());
            progressed.fire(new FlowProgressed(run.header().id(), run.header().handler()));
        }
        return ended;
    }

    private boolean update(FlowRun run, Shown shown, String taskBy, boolean ended) {
        Instant now = clock.instant();
        return database.createQuery("""
                        update Flow set context = :context, stepId = :step, sealedState = :state, keyId = :key,
                            revision = revision + 1, busyBy = null, busyUntil = null, callbackHash = :callback,
                            taskBy = :taskBy, taskUntil = :taskUntil, ended = :ended, expiresAt = :expiry,
                            holdsId = (holdsId and not :ended)
                        where id = :id and busyBy = :run
                        """)
                        .setParameter("context", run.contextJson())
                        .setParameter("step", ended ? "" : shown.stepId())
                        .setParameter("state", sealing.seal(run.state(shown)))
                        .setParameter("key", sealing.keyId())
                        .setParameter("callback", shown.kind() == Shown.Kind.EXTERNAL ? run.callbackHash() : null)
                        .setParameter("taskBy", taskBy)
                        .setParameter("taskUntil", taskBy == null ? null : now.plus(TASK_LEASE))
                        .setParameter("ended", ended)
                        .setParameter("expiry", ended ? now.plus(config.outcomeLifetime()) : expiry(run.header(), now))
                        .setParameter("id", run.header().id())
                        .setParameter("run", run.runId())
                        .executeUpdate()
                == 1;
    }

    private Instant expiry(FlowHeader header, Instant now) {
        boolean heals = header.source() == FlowSource.REAUTH && entries.isRefused(header.entryId());
        return heals ? NEVER : now.plus(config.idleLifetime());
    }

    private OpenFlow read(FlowEntity row) {
        FlowHeader header = new FlowHeader(
                row.id, row.domain, row.handler, FlowSource.valueOf(row.source.toUpperCase(Locale.ROOT)), row.entryId);
        return new OpenFlow(
                header,
                row.uniqueId,
                ContextJson.titlePlaceholders(row.context),
                sealing.open(row.sealedState),
                row.ended,
                row.revision);
    }
}
