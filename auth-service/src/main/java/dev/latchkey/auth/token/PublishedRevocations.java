package dev.latchkey.auth.token;

import dev.latchkey.platform.outbox.Outbox;
import dev.latchkey.platform.revocation.Revocation;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Tells the other services what was revoked: in the transaction that revokes, and so that its caller is answered when they can
 * know (decision R1). That an event was published is seen by reading it back, whichever replica published it.
 *
 * <p>A caller waits no longer than {@link #PATIENCE}, and not at all while Kafka is known to be away: the revocation is committed
 * and counts here, the event follows, and by then the other services ask for each decision.
 */
@ApplicationScoped
class PublishedRevocations {

    /** Longer than publishing takes on a busy day; with the time after which verifiers are stale it is the bound of R5. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private final Map<String, CompletableFuture<Void>> awaitedByKey = new ConcurrentHashMap<>();
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Clock clock;

    /** Whether waiting makes sense. */
    private volatile boolean readBack;

    PublishedRevocations(Outbox outbox, MeterRegistry metrics, Clock clock) {
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Adds the events of revocations to the caller's transaction. */
    void add(List<Revocation> revocations) {
        outbox.addAll(revocations.stream().map(Revocation::toEvent).toList());
        if (readBack) {
            // Before the commit, or the event could come back earlier than anybody waits for it.
            revocations.forEach(revocation -> awaitedByKey.put(revocation.key(), new CompletableFuture<>()));
        }
    }

    /** Adds the tombstones of revocations that can no longer matter to the caller's transaction. */
    void forget(List<String> keys) {
        outbox.addAll(keys.stream()
                .map(key -> Revocation.forget(key, clock.instant()))
                .toList());
    }

    /** Learns that an event was published. */
    void published(String key) {
        CompletableFuture<Void> awaited = awaitedByKey.get(key);
        if (awaited != null) {
            awaited.complete(null);
        }
    }

    /** Learns whether events are read back soon. When they are not, those who wait are let go. */
    void readBack(boolean soon) {
        readBack = soon;
        if (!soon) {
            awaitedByKey.values().forEach(awaited -> awaited.complete(null));
        }
    }

    /** Comes after memory has the revocation and the sockets are closed. */
    void await(
            @Observes(during = TransactionPhase.AFTER_SUCCESS) @Priority(Interceptor.Priority.LIBRARY_AFTER + 100)
                    GrantsRevoked revoked) {
        CompletableFuture<?>[] awaited = awaited(revoked).toArray(CompletableFuture[]::new);
        if (awaited.length == 0) {
            return;
        }
        try {
            CompletableFuture.allOf(awaited).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            metrics.counter("latchkey.auth.revocations.answered.unpublished").increment();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails these", e);
        }
    }

    /** Forgets who waits, whether the transaction was committed or not. */
    void end(
            @Observes(during = TransactionPhase.AFTER_COMPLETION) @Priority(Interceptor.Priority.LIBRARY_AFTER + 200)
                    GrantsRevoked revoked) {
        awaitedByKey.keySet().removeAll(revoked.expiryById().keySet());
    }

    private Stream<CompletableFuture<Void>> awaited(GrantsRevoked revoked) {
        return revoked.expiryById().keySet().stream().map(awaitedByKey::get).filter(Objects::nonNull);
    }
}
