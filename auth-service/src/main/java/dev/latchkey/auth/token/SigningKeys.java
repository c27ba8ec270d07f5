package dev.latchkey.auth.token;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.platform.secret.KeyEncryptionKey;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;

/**
 * The keys that sign access tokens, shared by all replicas through the database. A new key is published before it signs, and
 * an old one stays published as long as a token that it signed can live (decision A10).
 */
@ApplicationScoped
class SigningKeys {

    /** How long a new key is published before it signs: longer than any replica or gateway keeps the old set. */
    private static final Duration PUBLISHED_AHEAD = Duration.ofMinutes(10);

    /** How often at most a token that names an unknown key makes this replica look for new keys. */
    private static final Duration SHORTEST_RELOAD_INTERVAL = Duration.ofSeconds(10);

    private record KeySet(List<SigningKey> newestFirst, Map<String, PublicKey> publicByKid, String json) {}

    private final SigningKeyRepository repository;
    private final KeyEncryptionKey kek;
    private final Duration keyLifetime;
    private final Duration accessTokenLifetime;
    private final Clock clock;
    private final AtomicReference<Instant> lastForcedReload = new AtomicReference<>(Instant.MIN);

    private volatile KeySet keys = new KeySet(List.of(), Map.of(), "{\"keys\":[]}");

    SigningKeys(SigningKeyRepository repository, AuthConfig config, Clock clock) {
        this.repository = repository;
        this.kek = KeyEncryptionKey.fromBase64(config.keyEncryptionKey()
                .orElseThrow(
                        () -> new IllegalStateException("Set LATCHKEY_AUTH_KEY_ENCRYPTION_KEY to 32 random bytes in "
                                + "base64 (openssl rand -base64 32); it encrypts the signing keys in the database")));
        this.keyLifetime = config.signingKeyLifetime();
        this.accessTokenLifetime = config.accessTokenLifetime();
        this.clock = clock;
    }

    /** Returns the key that signs now. */
    SigningKey current() {
        Instant now = clock.instant();
        List<SigningKey> newestFirst = keys.newestFirst();
        return newestFirst.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .findFirst()
                // All begin later only where another replica's clock is ahead of ours.
                .orElseGet(newestFirst::getLast);
    }

    /** Returns the public key of an id, or null when no token could be signed by it. May read the database, rarely. */
    PublicKey publicKey(String kid) {
        PublicKey known = keys.publicByKid().get(kid);
        if (known == null && mayReload()) {
            reload();
            known = keys.publicByKid().get(kid);
        }
        return known;
    }

    /** Returns the JSON Web Key Set (RFC 7517 section 5) of every key a valid token can be signed with. */
    String json() {
        return keys.json();
    }

    /** Keeps the key published until a token that lives longer than others has expired. Joins the caller's transaction. */
    void keepUntil(String kid, Instant expiry) {
        repository.keepUntil(kid, expiry);
    }

    void prepare(@Observes @Priority(2) StartupEvent start) {
        rotate();
    }

    /** Adds the next key when it is due, removes those that no living token needs, and takes over what other replicas did. */
    @Scheduled(every = "PT1M", delayed = "PT1M")
    void rotate() {
        QuarkusTransaction.requiringNew().run(() -> {
            repository.lock();
            List<SigningKeyEntity> present = repository.newestFirst();
            Instant now = clock.instant();
            if (present.isEmpty()) {
                repository.persist(SigningKey.generate(now).toEntity(kek, now));
            } else if (present.getFirst().signsFrom.plus(keyLifetime).isBefore(now.plus(PUBLISHED_AHEAD))) {
                repository.persist(
                        SigningKey.generate(now.plus(PUBLISHED_AHEAD)).toEntity(kek, now));
            }
            for (int i = 1; i < present.size(); i++) {
                if (neededUntil(present.get(i), present.get(i - 1)).isBefore(now)) {
                    repository.delete(present.get(i));
                }
            }
        });
        reload();
    }

    private Instant neededUntil(SigningKeyEntity key, SigningKeyEntity successor) {
        Instant ordinary = successor.signsFrom.plus(accessTokenLifetime).plus(PUBLISHED_AHEAD);
        return key.longestExpiry != null && key.longestExpiry.isAfter(ordinary) ? key.longestExpiry : ordinary;
    }

    private void reload() {
        List<SigningKey> loaded = QuarkusTransaction.requiringNew()
                .call(() -> repository.newestFirst().stream()
                        .map(entity -> SigningKey.of(entity, kek))
                        .toList());
        keys = new KeySet(
                loaded,
                loaded.stream()
                        .collect(Collectors.toMap(
                                SigningKey::kid, key -> key.jwk().getPublicKey())),
                new JsonWebKeySet(loaded.stream().map(SigningKey::published).toList())
                        .toJson(OutputControlLevel.PUBLIC_ONLY));
    }

    private boolean mayReload() {
        Instant now = clock.instant();
        Instant last = lastForcedReload.get();
        return last.isBefore(now.minus(SHORTEST_RELOAD_INTERVAL)) && lastForcedReload.compareAndSet(last, now);
    }
}
