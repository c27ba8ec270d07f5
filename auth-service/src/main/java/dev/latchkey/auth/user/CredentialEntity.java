package dev.latchkey.auth.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity(name = "Credential")
@Table(name = "credential")
class CredentialEntity {
    @Id
    String id;

    @Column(name = "user_id")
    String userId;

    @Column(name = "auth_provider_type")
    String authProviderType;

    String username;

    @Column(name = "password_hash")
    String passwordHash;

    @Column(name = "created_at")
    Instant createdAt;
}
