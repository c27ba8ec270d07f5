package dev.latchkey.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * The body of an answer that says something in a sentence, an error as a rule.
 *
 * @param code a stable code; null when the status says it all
 */
@JsonInclude(Include.NON_NULL)
public record Message(String message, String code) {

    public Message(String message) {
        this(message, null);
    }

    /** Returns an answer with this body. */
    public Response status(int status) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(this)
                .build();
    }

    /** Returns an answer with this body that asks to come back in a second (503). */
    public Response tryAgain() {
        return Response.fromResponse(status(503)).header("Retry-After", 1).build();
    }
}
