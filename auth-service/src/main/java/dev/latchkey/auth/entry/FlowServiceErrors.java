package dev.latchkey.auth.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.auth.socket.CommandException;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.jboss.logging.Logger;

/** What a command says when flow-service did not do it ({@code spec/flows.md} 1.2). */
final class FlowServiceErrors {

    private static final Logger LOG = Logger.getLogger(FlowServiceErrors.class);
    private static final String UNKNOWN_ERROR = "unknown_error";

    private FlowServiceErrors() {}

    /** There is no such entry; the text is the same for a flow (W5). */
    static CommandException notFound() {
        return new CommandException("not_found", "Config entry not found");
    }

    static CommandException away() {
        return new CommandException(UNKNOWN_ERROR, "flow-service is away. Try again in a moment.");
    }

    static CommandException late() {
        return new CommandException(UNKNOWN_ERROR, "flow-service did not answer in time. Try again in a moment.");
    }

    /** Returns what an answer other than 200 means. Its sentence is passed on only where it is about what the client sent. */
    static CommandException of(HttpResponse<byte[]> answer, ObjectMapper json) {
        return switch (answer.statusCode()) {
            case 400 ->
                new CommandException(
                        text(answer, json, "code", "invalid_format"), text(answer, json, "message", "Bad request"));
            case 401, 403 -> new CommandException("unauthorized", "Unauthorized");
            case 404 -> notFound();
            case 409 ->
                new CommandException(
                        text(answer, json, "code", "home_assistant_error"), text(answer, json, "message", "Conflict"));
            default -> {
                LOG.debugf("flow-service answered %d", answer.statusCode());
                yield away();
            }
        };
    }

    private static String text(HttpResponse<byte[]> answer, ObjectMapper json, String name, String otherwise) {
        try {
            JsonNode body = json.readTree(answer.body());
            return body == null ? otherwise : body.path(name).asText(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
