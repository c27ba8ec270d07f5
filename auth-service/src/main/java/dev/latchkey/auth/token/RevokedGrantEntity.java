package dev.latchkey.auth.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity(name = "RevokedGrant")
@Table(name = "revoked_grant")
class RevokedGrantEntity {
    @Id
    String id;

    @Column(name = "user_id")
    String userId;

    @Column(name = "revoked_at")
    Instant revokedAt;

    @Column(name = "expires_at")
    Instant expiresAt;
}
