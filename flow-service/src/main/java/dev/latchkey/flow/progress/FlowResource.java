package dev.latchkey.flow.progress;

import dev.latchkey.platform.http.Message;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Flows that add and change entries ({@code spec/flows.md} 1.1, R5 to R8; decisions F2 and F8). Administrators only. */
@Path("/api/config/config_entries/flow")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@RolesAllowed(FlowResource.ADMINISTRATORS)
class FlowResource {

    static final String ADMINISTRATORS = "system-admin";

    private final FlowService flows;
    private final IgnoredFlows ignored;

    FlowResource(FlowService flows, IgnoredFlows ignored) {
        this.flows = flows;
        this.ignored = ignored;
    }

    /** Lists the open flows. */
    @GET
    public List<FlowProgress> list() {
        return flows.list();
    }

    /** Starts a flow; with {@code entry_id} one that changes this entry. */
    @POST
    public Map<String, Object> start(String body) {
        FlowRequests.Start start = FlowRequests.start(body);
        return start.entryId() == null
                ? flows.add(start.handler(), start.showAdvancedOptions())
                : flows.reconfigure(start.handler(), start.entryId(), start.showAdvancedOptions());
    }

    @GET
    @Path("{flow_id}")
    public Map<String, Object> read(@PathParam("flow_id") String flowId) {
        return flows.read(flowId, false);
    }

    @POST
    @Path("{flow_id}")
    public Map<String, Object> proceed(@PathParam("flow_id") String flowId, String body) {
        return flows.proceed(flowId, false, FlowRequests.input(body));
    }

    /** Ends a flow and adds an ignored entry, so that its account or device is not offered again; for the socket (W5). */
    @POST
    @Path("{flow_id}/ignore")
    public Response ignore(@PathParam("flow_id") String flowId, String body) {
        return switch (ignored.ignore(flowId, FlowRequests.ignoredTitle(body))) {
            case IGNORED -> new Message("Flow ignored").status(200);
            case NO_UNIQUE_ID -> new Message("Specified flow has no unique ID.", "no_unique_id").status(409);
            case ALREADY_CONFIGURED ->
                new Message("The account is configured already", "already_configured").status(409);
        };
    }

    @DELETE
    @Path("{flow_id}")
    public Message abort(@PathParam("flow_id") String flowId) {
        flows.abort(flowId, false);
        return new Message("Flow aborted");
    }
}
