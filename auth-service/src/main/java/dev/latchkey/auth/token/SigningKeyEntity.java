package dev.latchkey.auth.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity(name = "SigningKey")
@Table(name = "signing_key")
class SigningKeyEntity {
    @Id
    String kid;

    @Column(name = "private_jwe")
    String privateJwe;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "signs_from")
    Instant signsFrom;

    @Column(name = "longest_expiry")
    Instant longestExpiry;
}
