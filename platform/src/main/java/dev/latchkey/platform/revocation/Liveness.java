package dev.latchkey.platform.revocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.event.UnreadableEventException;
import dev.latchkey.platform.outbox.Heartbeat;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/**
 * The heartbeat of the topic of revocations: every grant revoked before its time was said before it.
 *
 * @param asOf the time, by the clock of auth-service's database
 * @param topicId the id of the topic that was told everything; another one than before is a topic to read anew
 */
public record Liveness(Instant asOf, String topicId) {

    /** The type of the event. */
    public static final String TYPE = "dev.latchkey.auth.heartbeat.v1";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the heartbeat that auth-service's relay says. */
    public static Heartbeat heartbeat() {
        return new Heartbeat(
                Topics.REVOCATIONS.name(),
                "heartbeat",
                TYPE,
                (asOf, topicId) -> Map.of("as_of", asOf.toString(), "topic_id", topicId));
    }

    static Liveness of(Event event) {
        try {
            JsonNode data = JSON.readTree(event.data());
            return new Liveness(
                    Instant.parse(data.required("as_of").asText()),
                    data.required("topic_id").asText());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new UnreadableEventException("a heartbeat says nothing of use", e);
        }
    }
}
