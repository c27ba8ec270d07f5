package dev.latchkey.auth.entry;

import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.TopicListener;
import dev.latchkey.platform.event.TopicReader;
import dev.latchkey.platform.event.UnreadableEventException;
import dev.latchkey.platform.services.ServicesConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Follows what flow-service tells of entries and flows, on every replica: whichever replica of flow-service did it, and whichever
 * replica of this service a client is connected to. What was before, subscribers get as a list.
 */
@ApplicationScoped
class EntryFeed implements TopicListener {

    static final String TOPIC = "latchkey.flow.entries";

    private final LiveLists lists;
    private final boolean wanted;
    private final TopicReader reader;

    EntryFeed(@Identifier("default-kafka-broker") Map<String, Object> kafka, ServicesConfig services, LiveLists lists) {
        this.lists = lists;
        this.wanted = services.flowUrl().isPresent();
        this.reader = TopicReader.ofWhatComes(TOPIC, Map.copyOf(kafka), this);
    }

    void start(@Observes StartupEvent start) {
        if (wanted) {
            reader.start();
        }
    }

    void stop(@Observes ShutdownEvent stop) {
        if (wanted) {
            reader.close();
        }
    }

    /** Tells whether changes from now on are heard of. */
    boolean following() {
        return reader.caughtUp();
    }

    @Override
    public void apply(Event event) {
        Changes.of(event).ifPresent(lists::tell);
    }

    @Override
    public void unreadable(UnreadableEventException why) {
        lists.startOver();
    }

    @Override
    public void gap() {
        lists.startOver();
    }
}
