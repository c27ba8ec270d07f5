package dev.latchkey.auth.token;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

@ApplicationScoped
class RevokedGrantRepository implements PanacheRepositoryBase<RevokedGrantEntity, String> {

    record Revoked(String id, Instant expiresAt) {}

    List<Revoked> live(Instant now) {
        return find("select id, expiresAt from RevokedGrant where expiresAt > ?1", now)
                .project(Revoked.class)
                .list();
    }

    List<Revoked> liveSince(Instant revokedFrom, Instant now) {
        return find("select id, expiresAt from RevokedGrant where revokedAt >= ?1 and expiresAt > ?2", revokedFrom, now)
                .project(Revoked.class)
                .list();
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
