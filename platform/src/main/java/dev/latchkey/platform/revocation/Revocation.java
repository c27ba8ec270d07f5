package dev.latchkey.platform.revocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.event.UnreadableEventException;
import dev.latchkey.platform.outbox.OutboxEvent;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Grants of one user that were revoked together, as an event says it. It lists the ids of the grants and not the moment up to
 * which all of the user's are revoked: access tokens tell the time of their making in seconds and by the clock of one replica, so
 * a moment would either refuse who signed in again at once, or accept a token of a replica whose clock is ahead.
 *
 * @param key of the event: the id of one of the grants, which no other event has, because a grant is revoked once
 * @param userId whose grants they were
 * @param cause why: {@code token_revoked}, {@code signed_out}, {@code code_reused}, {@code expired} …; for people, not for
 *     decisions
 * @param revokedAt when, by the clock of auth-service
 * @param expiryById the ids of the grants, each with the moment after which no access token of it can be valid
 */
public record Revocation(String key, String userId, String cause, Instant revokedAt, Map<String, Instant> expiryById) {

    /** The type of the event. */
    public static final String TYPE = "dev.latchkey.auth.grants.revoked.v1";

    /** The most grants that one event may have, so that none is larger than Kafka takes. More make several. */
    public static final int MOST_IN_ONE_EVENT = 2_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    public Revocation {
        expiryById = Map.copyOf(expiryById);
    }

    /** Returns the event that says so. */
    public OutboxEvent toEvent() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("user_id", userId);
        data.put("cause", cause);
        data.put("revoked_at", revokedAt.toString());
        data.put("grants", expiryById.entrySet().stream().map(Revocation::data).toList());
        return new OutboxEvent(Topics.REVOCATIONS.name(), key, TYPE, "user/" + userId, data, revokedAt);
    }

    /** The time is rounded up: a grant may be remembered too long, never too short. */
    private static Map<String, Object> data(Map.Entry<String, Instant> grant) {
        return Map.of(
                "id",
                grant.getKey(),
                "expires_at",
                grant.getValue().plusMillis(999).getEpochSecond());
    }

    /** Returns what lets the topic forget a revocation that can no longer matter. */
    public static OutboxEvent forget(String key, Instant now) {
        return OutboxEvent.tombstone(Topics.REVOCATIONS.name(), key, TYPE, now);
    }

    /**
     * Returns what an event of {@link #TYPE} says.
     *
     * @throws UnreadableEventException when it does not say it
     */
    public static Revocation of(Event event) {
        try {
            JsonNode data = JSON.readTree(event.data());
            Map<String, Instant> expiryById = new HashMap<>();
            for (JsonNode grant : data.required("grants")) {
                JsonNode expiry = grant.required("expires_at");
                if (!grant.required("id").isTextual() || !expiry.canConvertToLong()) {
                    throw new UnreadableEventException("a revoked grant has an id and a time of expiry");
                }
                expiryById.put(grant.get("id").textValue(), Instant.ofEpochSecond(expiry.longValue()));
            }
            if (expiryById.isEmpty()) {
                throw new UnreadableEventException("a revocation has grants");
            }
            return new Revocation(
                    event.key(),
                    data.path("user_id").asText(),
                    data.path("cause").asText(),
                    Instant.parse(data.required("revoked_at").asText()),
                    expiryById);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new UnreadableEventException("the revocation " + event.id() + " says nothing of use", e);
        }
    }
}
