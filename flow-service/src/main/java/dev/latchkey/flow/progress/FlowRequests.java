package dev.latchkey.flow.progress;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.flow.form.DataJson;
import dev.latchkey.platform.http.MessageException;
import dev.latchkey.platform.message.JsonBody;
import dev.latchkey.platform.message.MalformedMessageException;
import dev.latchkey.platform.message.MessageSchema;
import dev.latchkey.platform.message.MessageSchema.Kind;
import java.util.List;
import java.util.Map;

/** Reads the bodies of requests about flows. Unknown keys are let be where existing clients send some. */
final class FlowRequests {

    private static final int LONGEST_REASON = 500;

    private static final MessageSchema START = MessageSchema.of(
            required("handler", Kind.STRING),
            optional("entry_id", Kind.STRING),
            optional("show_advanced_options", Kind.BOOLEAN));
    private static final MessageSchema OPTIONS =
            MessageSchema.of(required("handler", Kind.STRING), optional("show_advanced_options", Kind.BOOLEAN));
    private static final MessageSchema REAUTH = MessageSchema.of(optional("reason", Kind.NULLABLE_STRING));

    private FlowRequests() {}

    /**
     * What to start.
     *
     * @param entryId null to add an entry
     */
    record Start(String handler, String entryId, boolean showAdvancedOptions) {}

    static Start start(String body) {
        JsonNode message = known(JsonBody.parse(body), START, List.of("handler", "entry_id", "show_advanced_options"));
        return new Start(
                MessageSchema.text(message, "handler"),
                MessageSchema.text(message, "entry_id"),
                MessageSchema.flag(message, "show_advanced_options", false));
    }

    static Start options(String body) {
        JsonNode message = known(JsonBody.parse(body), OPTIONS, List.of("handler", "show_advanced_options"));
        return new Start(
                MessageSchema.text(message, "handler"),
                null,
                MessageSchema.flag(message, "show_advanced_options", false));
    }

    /** Returns the reason that a reporter gives; null when it gives none. */
    static String reason(String body) {
        if (isEmpty(body)) {
            return null;
        }
        String reason = MessageSchema.text(known(JsonBody.parse(body), REAUTH, List.of("reason")), "reason");
        return reason == null || reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    /** Returns the input of a step; an empty body is an empty input. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> input(String body) {
        if (isEmpty(body)) {
            return Map.of();
        }
        JsonNode message = JsonBody.parse(body);
        if (!message.isObject()) {
            throw new MessageException(400, "Message format incorrect: expected dict");
        }
        return (Map<String, Object>) DataJson.plain(message);
    }

    private static JsonNode known(JsonNode message, MessageSchema schema, List<String> keys) {
        try {
            JsonNode known = message.isObject() ? ((ObjectNode) message).retain(keys) : message;
            schema.check(known);
            return known;
        } catch (MalformedMessageException e) {
            throw new MessageException(400, "Message format incorrect: " + e.getMessage());
        }
    }

    private static boolean isEmpty(String body) {
        return body == null || body.isEmpty();
    }
}
