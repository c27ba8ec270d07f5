package dev.latchkey.auth.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity(name = "AuthorizationCode")
@Table(name = "authorization_code")
class AuthorizationCodeEntity {
    @Id
    @Column(name = "code_hash")
    byte[] codeHash;

    String kind;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "redirect_uri")
    String redirectUri;

    @Column(name = "code_challenge")
    String codeChallenge;

    @Column(name = "user_id")
    String userId;

    @Column(name = "credential_id")
    String credentialId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "redeemed_at")
    Instant redeemedAt;

    @Column(name = "refresh_token_id")
    String refreshTokenId;
}
