package dev.latchkey.platform.user;

import dev.latchkey.platform.bearer.HolderCheck;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.TopicListener;
import dev.latchkey.platform.event.TopicReader;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.event.UnreadableEventException;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.token.AccessToken;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who the users are, in memory. A change shows some milliseconds after it was made, and while Kafka is away not at all: that a
 * user's access ended is known from the revocation of the grants, which does not depend on this. Thread-safe.
 */
public final class Users implements HolderCheck, AutoCloseable {

    private final Map<String, KnownUser> byId = new ConcurrentHashMap<>();
    private final TopicReader reader;

    /** @param kafka how to reach Kafka, as settings of its clients */
    public Users(Map<String, Object> kafka, MeterRegistry registry) {
        this.reader = new TopicReader(Topics.USERS.name(), kafka, new Listener());
        Gauge.builder("latchkey.users.known", byId, Map::size)
                .description("Users that are known to this service")
                .register(registry);
    }

    /** Starts to follow what auth-service says. Returns at once. */
    public void start() {
        reader.start();
    }

    /** Returns a user, or nothing when there is none, or none is known yet. Never blocks. */
    public Optional<KnownUser> find(String userId) {
        return Optional.ofNullable(byId.get(userId));
    }

    /** Nobody who is not known is served: an unknown user could be one that was deleted. */
    @Override
    public Optional<Set<String>> groupsOf(AccessToken token, ClientAddress client) {
        return find(token.userId())
                .filter(user -> user.active() && (client.local() || !user.localOnly()))
                .map(KnownUser::groups);
    }

    /** Tells whether everything was read that had been said before the start, without which the service is not ready. */
    public boolean readToItsEnd() {
        return reader.caughtUp();
    }

    private final class Listener implements TopicListener {

        @Override
        public void apply(Event event) {
            if (event.data() == null || event.type().equals(KnownUser.DELETED)) {
                byId.remove(event.key());
            } else if (event.type().equals(KnownUser.CHANGED)) {
                KnownUser user = KnownUser.of(event);
                byId.put(user.id(), user);
            }
        }

        @Override
        public void unreadable(UnreadableEventException why) {
            // The reader has said so; the user stays as it was.
        }
    }

    /** Ends following. */
    @Override
    public void close() {
        reader.close();
    }
}
