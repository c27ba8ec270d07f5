package dev.latchkey.flow.progress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Which replica runs the task of which flow, in the database. */
@ApplicationScoped
class TaskLeases {

    private static final Duration LEASE = Duration.ofSeconds(20);

    private final EntityManager database;
    private final Clock clock;

    TaskLeases(EntityManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps the tasks that a replica runs, and returns those of them whose flows still wait for one. */
    @Transactional
    Set<String> renew(String replica, Set<String> flowIds) {
        database.createQuery("update Flow set taskUntil = :until where taskBy = :replica and id in :ids")
                .setParameter("until", clock.instant().plus(LEASE))
                .setParameter("replica", replica)
                .setParameter("ids", flowIds)
                .executeUpdate();
        return Set.copyOf(
                database.createQuery("select id from Flow where taskBy = :replica and id in :ids", String.class)
                        .setParameter("replica", replica)
                        .setParameter("ids", flowIds)
                        .getResultList());
    }

    /** Returns flows whose tasks nobody runs any more, now this replica's. */
    @Transactional
    @SuppressWarnings("unchecked")
    List<String> takeOver(String replica, int most) {
        return database.createNativeQuery("""
                        update flow set task_by = :replica, task_until = :until where id in (
                            select id from flow where task_until <= :now limit :most for update skip locked)
                        returning id
                        """)
                .setParameter("replica", replica)
                .setParameter("until", clock.instant().plus(LEASE))
                .setParameter("now", clock.instant())
                .setParameter("most", most)
                .getResultList();
    }
}
