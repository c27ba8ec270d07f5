package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.AbortFlow;
import dev.latchkey.flow.configflow.AbortReason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;

/** Lets no two open flows add the same account: the database decides, whichever replicas they run on (decision F5). */
@ApplicationScoped
class UniqueIds {

    private static final int LONGEST = 512;
    private static final String UNIQUE_VIOLATION = "23505";

    private final EntityManager database;
    private final FlowRemoval removal;

    UniqueIds(EntityManager database, FlowRemoval removal) {
        this.database = database;
        this.removal = removal;
    }

    /** Gives back the unique id that a flow has. */
    void giveBack(FlowRun run) {
        QuarkusTransaction.requiringNew().run(() -> set(run, null, false));
    }

    /**
     * Takes a unique id for a flow.
     *
     * @param onlyOne whether another flow that has it, and does not re-authenticate, aborts this one
     * @throws AbortFlow {@code already_in_progress}
     */
    void take(FlowRun run, String uniqueId, boolean onlyOne) {
        if (uniqueId.isEmpty() || uniqueId.length() > LONGEST || uniqueId.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a unique id is a text of 1 to " + LONGEST + " characters");
        }
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                boolean taken = isTaken(run, uniqueId)
                        && (removal.expired(run.header().domain()) == 0 || isTaken(run, uniqueId));
                if (taken && onlyOne) {
                    throw new AbortFlow(AbortReason.ALREADY_IN_PROGRESS);
                }
                set(run, uniqueId, !taken && run.holdsUniqueId());
            });
        } catch (PersistenceException e) {
            if (!isUniqueViolation(e)) {
                throw e;
            }
            // Another flow took it at the same moment.
            if (onlyOne) {
                throw new AbortFlow(AbortReason.ALREADY_IN_PROGRESS);
            }
            QuarkusTransaction.requiringNew().run(() -> set(run, uniqueId, false));
        }
    }

    private boolean isTaken(FlowRun run, String uniqueId) {
        return !database.createQuery(
                        "select id from Flow where domain = :domain and uniqueId = :uniqueId and id <> :id"
                                + " and source in ('user', 'reconfigure') and not ended",
                        String.class)
                .setParameter("domain", run.header().domain())
                .setParameter("uniqueId", uniqueId)
                .setParameter("id", run.header().id())
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    private void set(FlowRun run, String uniqueId, boolean holds) {
        database.createQuery("update Flow set uniqueId = :uniqueId, holdsId = :holds where id = :id and busyBy = :run")
                .setParameter("uniqueId", uniqueId)
                .setParameter("holds", holds)
                .setParameter("id", run.header().id())
                .setParameter("run", run.runId())
                .executeUpdate();
    }

    private static boolean isUniqueViolation(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
