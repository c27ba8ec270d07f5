package dev.latchkey.flow.entry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Knows which running processes of this service live. Whoever does not say so in time has lost its holds, and what it had set up
 * is set up again by others. By the clock of the database, which all replicas share.
 */
@ApplicationScoped
public class Replicas {

    private final EntityManager database;
    private final Event<ReplicasGone> gone;
    private final Clock clock;

    Replicas(EntityManager database, Event<ReplicasGone> gone, Clock clock) {
        this.database = database;
        this.gone = gone;
        this.clock = clock;
    }

    /** Makes a replica known. */
    @Transactional
    public void register(String replica, Duration lifetime) {
        database.createNativeQuery("""
                        insert into replica (id, alive_until)
                        values (:id, clock_timestamp() + make_interval(secs => :lifetime))
                        """)
                .setParameter("id", replica)
                .setParameter("lifetime", seconds(lifetime))
                .executeUpdate();
    }

    /**
     * Says that a replica still lives.
     *
     * @return false when it was taken for dead: others do its work now, and it has to begin anew under another id
     */
    @Transactional
    public boolean live(String replica, Duration lifetime) {
        return database.createNativeQuery("""
                        update replica set alive_until = clock_timestamp() + make_interval(secs => :lifetime) where id = :id
                        """)
                        .setParameter("id", replica)
                        .setParameter("lifetime", seconds(lifetime))
                        .executeUpdate()
                == 1;
    }

    /** Ends a replica that stops, so that others go on at once. */
    @Transactional
    public int leave(String replica) {
        return inherit("id = :id", replica);
    }

    /**
     * Ends the replicas that did not say in time that they live.
     *
     * @return how many entries have to be set up again
     */
    @Transactional
    public int buryTheDead() {
        return inherit("alive_until < clock_timestamp() and id <> :id", "");
    }

    /** In one transaction: as soon as a replica is gone, nothing is its any more. */
    private int inherit(String condition, String id) {
        @SuppressWarnings("unchecked")
        List<String> dead = database.createNativeQuery(
                        "select id from replica where " + condition + " for update skip locked")
                .setParameter("id", id)
                .getResultList();
        if (dead.isEmpty()) {
            return 0;
        }
        database.createNativeQuery("delete from replica where id in (:dead)")
                .setParameter("dead", dead)
                .executeUpdate();
        int orphans = database.createNativeQuery("""
                        with orphan as (
                            select id from config_entry
                            where owner in (:dead) or split_part(hold, '/', 1) in (:dead)
                            order by id for update
                        )
                        update config_entry e set
                            owner = null,
                            hold = null,
                            state = 'not_loaded',
                            reason = null,
                            tries = 0,
                            due_at = case when disabled_by is null and source <> 'ignore' then cast(:now as timestamptz) end
                        from orphan where e.id = orphan.id
                        """)
                .setParameter("dead", dead)
                .setParameter("now", clock.instant())
                .executeUpdate();
        // After the entries, which whoever ends a flow locks first too.
        gone.fire(new ReplicasGone(dead));
        return orphans;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
