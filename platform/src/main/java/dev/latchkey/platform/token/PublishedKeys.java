package dev.latchkey.platform.token;

import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The public keys that auth-service publishes, as this service knows them. They are fetched again when they are old, and when a
 * token names one that is not among them: by one request at a time, and not more often than every few seconds, whatever
 * strangers present. While auth-service cannot be reached, the known ones stay. Thread-safe, and never blocks.
 */
final class PublishedKeys {

    private static final Logger LOG = Logger.getLogger(PublishedKeys.class);

    /** How old the keys may get, as JwksResource of auth-service tells caches. A key is published for longer before it signs. */
    static final Duration OLD = Duration.ofMinutes(5);

    /** How soon at most the keys are fetched again, though a token names one that is not among them. */
    static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);

    /** How soon at most the keys are fetched again when that failed. */
    static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

    /**
     * What the last attempt brought.
     *
     * @param byId null as long as no attempt brought any
     * @param succeededAt when they were fetched, of the time source
     * @param attemptedAt when the last attempt ended
     * @param succeeded whether the last attempt brought the keys
     */
    private record State(Map<String, PublicKey> byId, long succeededAt, long attemptedAt, boolean succeeded) {}

    private final Supplier<CompletionStage<Map<String, PublicKey>>> fetch;
    private final LongSupplier nanoTime;
    private final AtomicReference<CompletableFuture<Boolean>> underWay = new AtomicReference<>();

    /** Null before the first attempt. */
    private volatile State state;

    /**
     * @param fetch asks auth-service; does not block
     * @param nanoTime {@link System#nanoTime()} outside tests
     */
    PublishedKeys(Supplier<CompletionStage<Map<String, PublicKey>>> fetch, LongSupplier nanoTime) {
        this.fetch = fetch;
        this.nanoTime = nanoTime;
    }

    /** Returns the key of an id as far as is known now, or null. Looks for newer keys behind the caller's back when they are old. */
    PublicKey get(String kid) {
        State now = state;
        if (now == null || now.byId() == null) {
            return null;
        }
        if (nanoTime.getAsLong() - now.succeededAt() > OLD.toNanos()) {
            refresh();
        }
        return now.byId().get(kid);
    }

    /**
     * Fetches the keys unless that was done a moment ago.
     *
     * @return true if the keys are those that were published a moment ago, false if auth-service could not be asked. Never
     *     completes exceptionally
     */
    CompletionStage<Boolean> refresh() {
        State now = state;
        if (now != null
                && nanoTime.getAsLong() - now.attemptedAt()
                        < (now.succeeded() ? SHORTEST_INTERVAL : SHORTEST_RETRY).toNanos()) {
            return CompletableFuture.completedFuture(now.succeeded());
        }
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> winner = underWay.compareAndExchange(null, mine);
        if (winner != null) {
            return winner;
        }
        if (state != now) {
            // Another attempt ended between the two looks.
            underWay.set(null);
            mine.complete(state.succeeded());
            return mine;
        }
        start(mine);
        return mine;
    }

    private void start(CompletableFuture<Boolean> result) {
        CompletionStage<Map<String, PublicKey>> answer;
        try {
            answer = fetch.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((fetched, failure) -> {
            take(fetched, failure);
            underWay.set(null);
            result.complete(failure == null);
        });
    }

    private void take(Map<String, PublicKey> fetched, Throwable failure) {
        State before = state;
        long now = nanoTime.getAsLong();
        if (failure == null) {
            state = new State(Map.copyOf(fetched), now, now, true);
            return;
        }
        if (before == null || before.succeeded()) {
            LOG.warnf("The keys of access tokens cannot be fetched and will be when they are needed: %s", failure);
        }
        state = before == null
                ? new State(null, now, now, false)
                : new State(before.byId(), before.succeededAt(), now, false);
    }
}
