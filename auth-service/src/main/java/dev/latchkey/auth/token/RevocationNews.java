package dev.latchkey.auth.token;

import dev.latchkey.platform.revocation.Revocation;
import dev.latchkey.platform.revocation.RevocationFeed;
import dev.latchkey.platform.revocation.Staleness;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Learns what other replicas revoke, from the topic on which they say it, and knows whether this replica may have missed
 * something: then the database decides, as it does for services that ask. The service starts without Kafka, because it has read
 * the table that the topic is made from.
 */
@ApplicationScoped
class RevocationNews {

    private final RevokedGrants revoked;
    private final PublishedRevocations published;
    private final Event<GrantsRevoked> event;
    private final RevocationFeed feed;
    private final Clock clock;

    RevocationNews(
            RevokedGrants revoked,
            PublishedRevocations published,
            Event<GrantsRevoked> event,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry registry,
            Clock clock) {
        this.revoked = revoked;
        this.published = published;
        this.event = event;
        this.clock = clock;
        this.feed = new RevocationFeed(Map.copyOf(kafka), this::hear, this::look, registry, clock);
    }

    void start(@Observes @Priority(2) StartupEvent start) {
        feed.start();
    }

    void stop(@Observes ShutdownEvent stop) {
        feed.close();
    }

    /** Tells whether memory has every revocation but those of the last seconds at most. Never blocks. */
    boolean recent() {
        return revoked.reliable() && (revoked.readRecently() || feed.staleness() == Staleness.NONE);
    }

    private void hear(Revocation revocation) {
        published.published(revocation.key());
        Instant now = clock.instant();
        Map<String, Instant> unknown = new HashMap<>(revocation.expiryById());
        unknown.keySet().removeIf(revoked::contains);
        unknown.values().removeIf(expiry -> expiry.isBefore(now));
        if (!unknown.isEmpty()) {
            event.fire(new GrantsRevoked(unknown));
        }
    }

    private void look() {
        published.readBack(feed.staleness() == Staleness.NONE);
    }
}
