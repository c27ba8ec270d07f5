package dev.latchkey.flow.progress;

import static dev.latchkey.platform.message.MessageSchema.required;

import dev.latchkey.platform.http.Message;
import dev.latchkey.platform.http.MessageException;
import dev.latchkey.platform.message.JsonBody;
import dev.latchkey.platform.message.MessageSchema;
import dev.latchkey.platform.message.MessageSchema.Kind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code POST …/flow/{flow_id}/ignore {"title"}}: W5 of {@code spec/flows.md} 1.2, for the socket. */
@Path("/api/config/config_entries/flow/{flow_id}/ignore")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@RolesAllowed(FlowResource.ADMINISTRATORS)
class IgnoreFlowResource {

    private static final MessageSchema BODY = MessageSchema.of(required("title", Kind.STRING));
    private static final int LONGEST_TITLE = 256;

    private final IgnoredFlows flows;

    IgnoreFlowResource(IgnoredFlows flows) {
        this.flows = flows;
    }

    /** Answers 204, or 400 with the code {@code no_unique_id}. */
    @POST
    public Response ignore(@PathParam("flow_id") String flowId, String body) {
        String title = JsonBody.read(body, BODY).get("title").textValue();
        if (title.isBlank() || title.length() > LONGEST_TITLE) {
            throw new MessageException(400, "A title has 1 to " + LONGEST_TITLE + " characters");
        }
        return flows.ignore(flowId, title)
                ? Response.noContent().build()
                : new Message("Specified flow has no unique ID.", "no_unique_id").status(400);
    }
}
