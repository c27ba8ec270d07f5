package dev.latchkey.auth.socket;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes what the server sends. */
@ApplicationScoped
class SocketAnswers {

    private record Hello(
            String type, @JsonProperty("ha_version") String version) {}

    private record Refusal(String type, String message) {}

    private record Result(JsonNode id, String type, boolean success, Object result) {}

    private record Failure(JsonNode id, String type, boolean success, CommandException.Error error) {}

    private record Pong(JsonNode id, String type) {}

    private final ObjectMapper json;

    SocketAnswers(ObjectMapper json) {
        this.json = json;
    }

    String authRequired(String version) {
        return write(new Hello("auth_required", version));
    }

    String authOk(String version) {
        return write(new Hello("auth_ok", version));
    }

    String authInvalid(String reason) {
        return write(new Refusal("auth_invalid", reason));
    }

    String result(JsonNode id, Object result) {
        return write(new Result(id, "result", true, result));
    }

    String error(JsonNode id, CommandException.Error error) {
        return write(new Failure(id, "result", false, error));
    }

    String pong(JsonNode id) {
        return write(new Pong(id, "pong"));
    }

    /**
     * Returns an event.
     *
     * @param event JSON
     */
    static String event(long id, String event) {
        return "{\"id\":" + id + ",\"type\":\"event\",\"event\":" + event + "}";
    }

    private String write(Object message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer could not be written", e);
        }
    }
}
