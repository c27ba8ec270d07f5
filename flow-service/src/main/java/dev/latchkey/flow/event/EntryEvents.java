package dev.latchkey.flow.event;

import dev.latchkey.flow.entry.EntriesChanged;
import dev.latchkey.flow.entry.EntryChanged;
import dev.latchkey.flow.entry.EntryViews;
import dev.latchkey.platform.outbox.Outbox;
import dev.latchkey.platform.outbox.OutboxEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Puts what happens to entries into the outbox, in the transaction in which it happens (decision F12). An event holds the entry as
 * clients see it afterwards, so that whoever follows the topic needs not ask.
 */
@ApplicationScoped
class EntryEvents {

    private final Outbox outbox;
    private final EntryViews views;

    EntryEvents(Outbox outbox, EntryViews views) {
        this.outbox = outbox;
        this.views = views;
    }

    void publish(@Observes EntriesChanged event) {
        outbox.addAll(event.changes().stream().map(this::event).toList());
    }

    private OutboxEvent event(EntryChanged change) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("entry", views.of(change.entry()));
        // Not part of the entry as clients see it, but what they filter by; null when the integration is unknown.
        data.put("integration_type", views.typeOf(change.entry().domain()).orElse(null));
        data.put("changed", change.fields());
        data.put("user_id", change.origin().userId());
        data.put("flow_id", change.origin().flowId());
        return new OutboxEvent(
                EntryPublication.TOPIC,
                change.entry().entryId(),
                "dev.latchkey.flow.entry." + change.kind().name().toLowerCase(Locale.ROOT) + ".v1",
                change.entry().entryId(),
                data,
                change.at());
    }
}
