package dev.latchkey.platform.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.platform.http.MessageException;

/** Reads the JSON body of a request, whatever its {@code Content-Type} says (decision A1). */
public final class JsonBody {

    private JsonBody() {}

    /**
     * Returns the body as an object of a schema.
     *
     * @throws MessageException 400 when it is not JSON or has another form
     */
    public static JsonNode read(String body, MessageSchema schema) {
        JsonNode message = parse(body);
        try {
            schema.check(message);
        } catch (MalformedMessageException e) {
            throw new MessageException(400, "Message format incorrect: " + e.getMessage());
        }
        return message;
    }

    /**
     * Returns the body as any JSON value.
     *
     * @throws MessageException 400 when it is not JSON
     */
    public static JsonNode parse(String body) {
        return JsonMessages.parse(body).orElseThrow(() -> new MessageException(400, "Invalid JSON."));
    }
}
