package dev.latchkey.platform.outbox;

import dev.latchkey.platform.event.TopicSettings;
import java.util.List;
import java.util.Map;

/** What a service publishes. A service that uses the outbox has one bean of this type. */
public interface Publication {

    /** Returns the topics that the service owns; the relay makes them before it publishes. */
    List<TopicSettings> topics();

    /** Returns what to say while there is nothing to publish; null for nothing. */
    default Heartbeat heartbeat() {
        return null;
    }

    /** Returns what has to be said on a new topic, by its name; a topic that is not in it begins empty. */
    default Map<String, TopicFacts> facts() {
        return Map.of();
    }
}
