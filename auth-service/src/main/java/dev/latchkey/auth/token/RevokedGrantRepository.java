package dev.latchkey.auth.token;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

@ApplicationScoped
class RevokedGrantRepository implements PanacheRepositoryBase<RevokedGrantEntity, String> {

    record Revoked(String id, Instant expiresAt) {}

    /**
     * Returns the revocations that memory needs.
     *
     * @param transactionId the first transaction of which they are returned
     */
    @SuppressWarnings("unchecked")
    List<Revoked> live(long transactionId, Instant now) {
        return getEntityManager()
                .createNativeQuery(
                        "select id, expires_at from revoked_grant where transaction_id >= :first and expires_at > :now",
                        Revoked.class)
                .setParameter("first", transactionId)
                .setParameter("now", now)
                .getResultList();
    }

    /** Returns the first transaction that may not have ended yet: what an earlier one wrote can be read from now on. */
    long firstUnfinishedTransaction() {
        return (Long) getEntityManager()
                .createNativeQuery("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", Long.class)
                .getSingleResult();
    }

    /**
     * Deletes what expired before a moment.
     *
     * @return the keys of the events that speak of none that is left
     */
    @SuppressWarnings("unchecked")
    List<String> deleteExpired(Instant before) {
        return getEntityManager()
                .createNativeQuery("""
                        with gone as (
                            delete from revoked_grant where expires_at < :before
                            returning coalesce(event_key, id) as event_key
                        )
                        select distinct event_key from gone
                        where not exists (
                            select 1 from revoked_grant left_over
                            where left_over.event_key = gone.event_key and left_over.expires_at >= :before
                        )
                        """, String.class)
                .setParameter("before", before)
                .getResultList();
    }
}
