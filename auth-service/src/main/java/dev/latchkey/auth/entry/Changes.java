package dev.latchkey.auth.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latchkey.auth.entry.Change.Kind;
import dev.latchkey.auth.entry.Change.Of;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.UnreadableEventException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What flow-service's events mean for lists of entries and flows. */
final class Changes {

    private static final String ENTRY = "dev.latchkey.flow.entry.";
    private static final String FLOW = "dev.latchkey.flow.flow.";

    private Changes() {}

    /**
     * Returns the change that an event tells of; nothing when it changes no list.
     *
     * @throws UnreadableEventException when its data is not what its type promises
     */
    static Optional<Change> of(Event event) {
        return switch (event.type()) {
            case ENTRY + "created.v1" -> Optional.of(entry(event, Kind.ADDED));
            // Of a reload, the states that the entry goes through are told.
            case ENTRY + "updated.v1", ENTRY + "state_changed.v1" -> Optional.of(entry(event, Kind.UPDATED));
            case ENTRY + "removed.v1" -> Optional.of(entry(event, Kind.REMOVED));
            case FLOW + "started.v1" -> flow(event, Kind.ADDED);
            case FLOW + "ended.v1" -> flow(event, Kind.REMOVED);
            default -> Optional.empty();
        };
    }

    private static Change entry(Event event, Kind kind) {
        JsonNode data = data(event);
        JsonNode entry = object(data, "entry");
        return new Change(
                Of.ENTRIES,
                kind,
                text(entry, "entry_id"),
                data.path("integration_type").textValue(),
                "\"entry\":" + entry,
                at(event));
    }

    private static Optional<Change> flow(Event event, Kind kind) {
        JsonNode data = data(event);
        if (!ListJson.isAnnounced(text(data, "source"))) {
            return Optional.empty();
        }
        String id = text(data, "flow_id");
        String members = "\"flow_id\":" + TextNode.valueOf(id);
        if (kind == Kind.ADDED) {
            members += ",\"flow\":" + object(data, "flow");
        }
        return Optional.of(new Change(Of.FLOWS, kind, id, null, members, at(event)));
    }

    private static JsonNode data(Event event) {
        try {
            JsonNode data = event.data() == null ? null : ListJson.JSON.readTree(event.data());
            if (data != null && data.isObject()) {
                return data;
            }
        } catch (IOException e) {
            throw new UnreadableEventException("the event " + event.id() + " has no JSON", e);
        }
        throw new UnreadableEventException("the event " + event.id() + " has no data");
    }

    private static JsonNode object(JsonNode data, String name) {
        JsonNode value = data.path(name);
        if (!value.isObject()) {
            throw new UnreadableEventException("an event without " + name);
        }
        return value;
    }

    private static String text(JsonNode data, String name) {
        JsonNode value = data.path(name);
        if (!value.isTextual()) {
            throw new UnreadableEventException("an event without " + name);
        }
        return value.textValue();
    }

    private static Instant at(Event event) {
        return event.time() == null ? Instant.MAX : event.time();
    }
}
