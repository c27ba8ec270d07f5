package dev.latchkey.platform.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.event.UnreadableEventException;
import dev.latchkey.platform.outbox.OutboxEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A user as the other services know it.
 *
 * @param id 32 hexadecimal digits
 * @param name shown to people; not unique
 * @param groups ids of groups
 * @param active false when nothing of the user may be accepted
 * @param localOnly true when the user is served only from local networks
 */
public record KnownUser(String id, String name, Set<String> groups, boolean active, boolean localOnly) {

    /** The type of the event that says how a user is now. */
    public static final String CHANGED = "dev.latchkey.auth.user.changed.v1";

    /** The type of the event that says that a user is gone; a tombstone follows it. */
    public static final String DELETED = "dev.latchkey.auth.user.deleted.v1";

    private static final ObjectMapper JSON = new ObjectMapper();

    public KnownUser {
        groups = Set.copyOf(groups);
    }

    /** Returns the event that says that the user is now as this is. */
    public OutboxEvent changed(Instant now) {
        return new OutboxEvent(Topics.USERS.name(), id, CHANGED, "user/" + id, data(), now);
    }

    private Map<String, Object> data() {
        return Map.of(
                "id",
                id,
                "name",
                name,
                "groups",
                groups.stream().sorted().toList(),
                "is_active",
                active,
                "local_only",
                localOnly);
    }

    /** Returns the events that say that a user is gone, and let its key be forgotten. */
    public static List<OutboxEvent> deleted(String userId, Instant now) {
        return List.of(
                new OutboxEvent(Topics.USERS.name(), userId, DELETED, "user/" + userId, Map.of("id", userId), now),
                OutboxEvent.tombstone(Topics.USERS.name(), userId, DELETED, now));
    }

    /**
     * Returns what an event of {@link #CHANGED} says.
     *
     * @throws UnreadableEventException when it does not say it
     */
    static KnownUser of(Event event) {
        try {
            JsonNode data = JSON.readTree(event.data());
            Set<String> groups = new HashSet<>();
            data.required("groups").forEach(group -> groups.add(group.asText()));
            return new KnownUser(
                    data.required("id").asText(),
                    data.required("name").asText(),
                    groups,
                    data.required("is_active").booleanValue(),
                    data.path("local_only").booleanValue());
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableEventException("the event " + event.id() + " says nothing of a user", e);
        }
    }
}
