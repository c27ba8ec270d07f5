package dev.latchkey.auth.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

@Entity(name = "RefreshToken")
@Table(name = "refresh_token")
class RefreshTokenEntity {
    @Id
    String id;

    @Column(name = "user_id")
    String userId;

    @Column(name = "credential_id")
    String credentialId;

    @Column(name = "token_type")
    String tokenType;

    @Column(name = "token_hash")
    byte[] tokenHash;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "client_name")
    String clientName;

    @Column(name = "client_icon")
    String clientIcon;

    @Column(name = "access_token_lifetime")
    long accessTokenLifetimeSeconds;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "last_used_at")
    Instant lastUsedAt;

    @Column(name = "last_used_ip")
    String lastUsedIp;

    @Column(name = "expire_at")
    Instant expireAt;

    TokenType type() {
        return TokenType.ofWireName(tokenType);
    }

    Grant toGrant() {
        return new Grant(
                id,
                userId,
                credentialId,
                type(),
                clientId,
                clientName,
                clientIcon,
                Duration.ofSeconds(accessTokenLifetimeSeconds),
                createdAt,
                lastUsedAt,
                lastUsedIp,
                expireAt);
    }
}
