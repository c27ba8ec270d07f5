package dev.latchkey.platform.revocation;

import dev.latchkey.platform.bearer.GrantCheck;
import dev.latchkey.platform.bearer.GrantStatus;
import dev.latchkey.platform.token.AccessToken;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Says which grants were revoked: from memory while auth-service is heard, and by asking it for each decision when it is not.
 * When it does not answer either, nothing is accepted. Thread-safe.
 */
public final class RevokedGrants implements GrantCheck, AutoCloseable {

    private final RevokedGrantIds ids;
    private final RevocationFeed feed;
    private final Introspection introspection;
    private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param kafka how to reach Kafka, as settings of its clients
     * @param mostRemembered how many revocations are kept, about 130 bytes each; with more every decision is asked for
     */
    public RevokedGrants(
            Map<String, Object> kafka,
            int mostRemembered,
            Introspection introspection,
            MeterRegistry registry,
            Clock clock) {
        this.ids = new RevokedGrantIds(mostRemembered, clock);
        this.introspection = introspection;
        this.feed = new RevocationFeed(kafka, this::apply, this::tick, registry, clock);
        Gauge.builder("latchkey.revocations.remembered", ids, RevokedGrantIds::size)
                .description("Revoked grants whose access tokens could still be presented")
                .register(registry);
    }

    /** Starts to follow what auth-service says. Returns at once; until it was read everything is {@link GrantStatus#STALE}. */
    public void start() {
        feed.start();
    }

    /** Has a listener told of each revocation after it counts, some of them more than once, on one thread. */
    public void onRevoked(Consumer<Revocation> listener) {
        listeners.add(listener);
    }

    private void apply(Revocation revocation) {
        ids.add(revocation);
        listeners.forEach(listener -> listener.accept(revocation));
    }

    private void tick() {
        ids.forgetExpired();
        if (!ids.reliable()) {
            feed.startOver();
            ids.startOver();
        }
    }

    /** Returns what memory says of a grant. Never blocks. */
    public GrantStatus status(String grantId) {
        if (ids.contains(grantId)) {
            return GrantStatus.REVOKED;
        }
        return staleness() == Staleness.NONE ? GrantStatus.LIVE : GrantStatus.STALE;
    }

    /**
     * Returns what is known of a grant of which there is no token at hand: from memory, or by asking auth-service when that is not
     * enough. Never blocks; the result is there at once whenever memory suffices.
     *
     * @return never completes exceptionally; {@link GrantStatus#STALE} when nobody can tell
     */
    public CompletionStage<GrantStatus> find(String grantId) {
        GrantStatus known = status(grantId);
        return known == GrantStatus.STALE
                ? introspection.standingOf(grantId)
                : CompletableFuture.completedFuture(known);
    }

    /** Returns why memory does not suffice for a decision, if it does not. */
    public Staleness staleness() {
        if (ids.tooMany()) {
            return Staleness.TOO_MANY;
        }
        return ids.reliable() ? feed.staleness() : Staleness.CLOCK_SET_BACK;
    }

    /** Tells whether everything was read that had been revoked before the start, without which the service is not ready. */
    public boolean readToItsEnd() {
        return feed.readToItsEnd();
    }

    @Override
    public CompletionStage<GrantStatus> statusOf(AccessToken token, String compact) {
        GrantStatus known = status(token.grantId());
        return known == GrantStatus.STALE
                ? introspection.standingOfToken(compact)
                : CompletableFuture.completedFuture(known);
    }

    /** Ends following. */
    @Override
    public void close() {
        feed.close();
    }
}
