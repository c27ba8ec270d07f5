package dev.latchkey.platform.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.outbox.OutboxEvent;
import java.net.URI;
import java.util.UUID;

/** Makes of an event for the outbox the one that comes out of it. */
public final class OutboxEvents {

    private OutboxEvents() {}

    public static Event published(OutboxEvent event) {
        try {
            return new Event(
                    UUID.randomUUID().toString(),
                    URI.create("/latchkey/auth-service"),
                    event.type(),
                    event.subject(),
                    event.time(),
                    event.key(),
                    1,
                    event.data() == null ? null : new ObjectMapper().writeValueAsBytes(event.data()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
