package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.history.Delivery;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.TopicListener;
import dev.latchkey.platform.event.TopicReader;
import dev.latchkey.platform.event.UnreadableEventException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Whoever listens to what happens to entries, from the first event on. */
final class EntryReader implements TopicListener, AutoCloseable {
    private static final String TOPIC = "latchkey.flow.entries";
    private static final String OF_ENTRIES = "dev.latchkey.flow.entry.";

    private final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final TopicReader reader;

    /** @param kafka bootstrap servers */
    EntryReader(String kafka) {
        this.reader = new TopicReader(TOPIC, Map.of("bootstrap.servers", kafka), this);
        reader.start();
    }

    @Override
    public void apply(Event event) {
        if (!event.type().startsWith(OF_ENTRIES) || event.data() == null) {
            return;
        }
        var entry = new JsonObject(new String(event.data(), StandardCharsets.UTF_8)).getJsonObject("entry");
        var type = event.type().substring(OF_ENTRIES.length()).replaceFirst("\\.v[0-9]+$", "");
        deliveries.add(new Delivery(event.key(), event.id(), type, event.sequence(), entry.getString("title")));
    }

    @Override
    public void unreadable(UnreadableEventException why) {
        throw new IllegalStateException(why);
    }

    /** Whether an entry was told to have a title. */
    boolean told(String title) {
        return deliveries.stream().anyMatch(delivery -> delivery.title().equals(title));
    }

    /** Everything, in the order in which it came. */
    List<Delivery> deliveries() {
        return new ArrayList<>(deliveries);
    }

    @Override
    public void close() {
        reader.close();
    }
}
