package dev.latchkey.flow.progress;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** An input is not what the form asked for (decision F4). */
class InputRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    /**
     * The body of the answer.
     *
     * @param errors a sentence by name of the field, {@code base} for what belongs to none
     * @param codes a stable code for each of them
     */
    record Answer(Map<String, String> errors, Map<String, String> codes) {}

    InputRefusedException(Map<String, String> errors, Map<String, String> codes) {
        super("the input does not fit the form", null, false, false);
        this.answer = new Answer(errors, codes);
    }

    /** Answers it. */
    static class Mapper {

        @ServerExceptionMapper
        Response refused(InputRefusedException e) {
            return Response.status(400)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(e.answer)
                    .build();
        }
    }
}
