package dev.latchkey.auth.login;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity(name = "LoginFlow")
@Table(name = "login_flow")
class LoginFlowEntity {
    @Id
    @Column(name = "id_hash")
    byte[] idHash;

    String step;

    String kind;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "redirect_uri")
    String redirectUri;

    String state;

    @Column(name = "code_challenge")
    String codeChallenge;

    @Column(name = "browser_hash")
    byte[] browserHash;

    boolean remember;

    @Column(name = "user_id")
    String userId;

    @Column(name = "credential_id")
    String credentialId;

    @Column(name = "client_network")
    String clientNetwork;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;
}
