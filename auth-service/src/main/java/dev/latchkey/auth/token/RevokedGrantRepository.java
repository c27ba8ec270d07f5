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
}
