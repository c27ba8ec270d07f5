package dev.latchkey.auth.token;

import dev.latchkey.auth.token.RevokedGrantRepository.Revoked;
import dev.latchkey.platform.http.DatabaseOutage;
import dev.latchkey.platform.revocation.RevocationFeed;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The grants whose access tokens are still within their time but no longer valid, in memory: a look-up on every request.
 * Read from the database before the service is ready, told of what this replica revokes as soon as it is committed and of what
 * others revoke by {@link RevocationNews}, and following the table for the rest: a commit whose answer was lost, and everything
 * while Kafka is away.
 */
@ApplicationScoped
public class RevokedGrants {

    private static final Logger LOG = Logger.getLogger(RevokedGrants.class);

    /** Verifiers whose clock is behind ours take a token for valid for longer. */
    private static final Duration REMEMBERED_BEYOND = Duration.ofHours(1);

    /** Less than what ids are remembered beyond the end of their tokens. */
    private static final Duration TOLERATED = Duration.ofSeconds(30);

    private final Map<String, Instant> expiryById = new ConcurrentHashMap<>();
    private final RevokedGrantRepository repository;
    private final PublishedRevocations published;
    private final Event<GrantsRevoked> revoked;
    private final Clock clock;

    /** What earlier transactions revoked is known; 0 before the first reading. */
    private volatile long firstUnread;

    /** The latest moment by whose clock something was forgotten. */
    private volatile Instant forgottenAt = Instant.MIN.plus(TOLERATED);

    /** When the last reading began, by a clock that nobody sets. */
    private volatile long readAt;

    RevokedGrants(
            RevokedGrantRepository repository,
            PublishedRevocations published,
            Event<GrantsRevoked> revoked,
            Clock clock) {
        this.repository = repository;
        this.published = published;
        this.revoked = revoked;
        this.clock = clock;
    }

    /** Tells whether the table was read so recently that what it does not say did not happen for long. Never blocks. */
    boolean readRecently() {
        return firstUnread != 0 && System.nanoTime() - readAt < RevocationFeed.STALE_AFTER.toNanos();
    }

    /**
     * Tells whether what memory has forgotten does not matter by the clock as it is now. A clock that was ahead for a while, and was
     * set back, makes tokens valid again whose revocation was forgotten meanwhile.
     */
    boolean reliable() {
        return !clock.instant().isBefore(forgottenAt.minus(TOLERATED));
    }

    /** Tells whether a grant was revoked. Never blocks. */
    public boolean contains(String grantId) {
        return expiryById.containsKey(grantId);
    }

    void readBeforeReady(@Observes @Priority(1) StartupEvent start) {
        takeOver(read());
    }

    /** Takes over what the table has and memory does not, and tells whoever else has to know. */
    @Scheduled(every = "PT1S", delayed = "PT1S", concurrentExecution = ConcurrentExecution.SKIP)
    void follow() {
        if (firstUnread == 0) {
            // The schedule may begin before the table was read for the first time.
            return;
        }
        try {
            takeOver(read());
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isBehind(e)) {
                throw e;
            }
            LOG.debugf("Revocations could not be read and will be in a second: %s", e.getMessage());
        }
    }

    /** What was read, when that began, and the first transaction of the next reading. */
    private record Reading(List<Revoked> found, long beganAt, long firstUnread) {}

    /**
     * Reads what may have been committed since the last reading. It goes by transactions and not by the clock, so one is found too
     * that hung for long before it committed. A database whose transactions have lower numbers than those known is another one and is read as a whole.
     */
    private Reading read() {
        long began = System.nanoTime();
        Instant now = clock.instant();
        return QuarkusTransaction.requiringNew().call(() -> {
            long firstUnfinished = repository.firstUnfinishedTransaction();
            long from = firstUnfinished < firstUnread ? 0 : firstUnread;
            return new Reading(repository.live(from, now), began, firstUnfinished);
        });
    }

    private void takeOver(Reading reading) {
        Map<String, Instant> unknown = reading.found().stream()
                .filter(found -> !contains(found.id()))
                .collect(Collectors.toMap(Revoked::id, Revoked::expiresAt));
        if (!unknown.isEmpty()) {
            revoked.fire(new GrantsRevoked(unknown));
        }
        readAt = reading.beganAt();
        firstUnread = reading.firstUnread();
    }

    void add(@Observes(during = TransactionPhase.AFTER_SUCCESS) GrantsRevoked event) {
        expiryById.putAll(event.expiryById());
    }

    @Scheduled(every = "PT1M", delayed = "PT1M")
    void forgetExpired() {
        Instant now = clock.instant();
        if (now.isAfter(forgottenAt)) {
            forgottenAt = now;
        }
        expiryById.values().removeIf(expiry -> expiry.isBefore(now));
        QuarkusTransaction.requiringNew()
                .run(() -> published.forget(repository.deleteExpired(now.minus(REMEMBERED_BEYOND))));
    }
}
