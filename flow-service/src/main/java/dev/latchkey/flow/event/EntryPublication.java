package dev.latchkey.flow.event;

import dev.latchkey.platform.event.TopicSettings;
import dev.latchkey.platform.outbox.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** The topic on which everything that happens to entries and flows is told, what happens to one of them in its order. */
@ApplicationScoped
class EntryPublication implements Publication {

    static final String TOPIC = "latchkey.flow.entries";

    private static final int PARTITIONS = 6;
    private static final Duration RETENTION = Duration.ofDays(7);

    @Override
    public List<TopicSettings> topics() {
        return List.of(TopicSettings.history(TOPIC, PARTITIONS, RETENTION));
    }
}
