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

    FlowResource(FlowService flows) {
        this.flows = flows;
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

    @DELETE
    @Path("{flow_id}")
    public Message abort(@PathParam("flow_id") String flowId) {
        flows.abort(flowId, false);
        return new Message("Flow aborted");
    }
}
