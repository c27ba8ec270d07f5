package dev.latchkey.auth.token;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The grants whose access tokens are still within their time but no longer valid, in memory: a look-up on every request.
 * Read from the database before the service is ready.
 */
@ApplicationScoped
public class RevokedGrants {

    private final Map<String, Instant> expiryById = new ConcurrentHashMap<>();
    private final RevokedGrantRepository repository;
    private final Clock clock;

    RevokedGrants(RevokedGrantRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** Tells whether a grant was revoked. Never blocks. */
    public boolean contains(String grantId) {
        return expiryById.containsKey(grantId);
    }

    void readBeforeReady(@Observes @Priority(1) StartupEvent start) {
        QuarkusTransaction.requiringNew()
                .call(() -> repository.live(clock.instant()))
                .forEach(revoked -> expiryById.put(revoked.id(), revoked.expiresAt()));
    }

    void add(@Observes(during = TransactionPhase.AFTER_SUCCESS) GrantsRevoked revoked) {
        expiryById.putAll(revoked.expiryById());
    }

    @Scheduled(every = "PT1M", delayed = "PT1M")
    void forgetExpired() {
        Instant now = clock.instant();
        expiryById.values().removeIf(expiry -> expiry.isBefore(now));
        QuarkusTransaction.requiringNew().run(() -> repository.delete("expiresAt < ?1", now));
    }
}
