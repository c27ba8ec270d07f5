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
import java.util.Map;

/** Flows that change the options of an entry ({@code spec/flows.md} 1.1, R10 and R11). Administrators only. */
@Path("/api/config/config_entries/options/flow")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@RolesAllowed(FlowResource.ADMINISTRATORS)
class OptionsFlowResource {

    private final FlowService flows;

    OptionsFlowResource(FlowService flows) {
        this.flows = flows;
    }

    /** Starts a flow; {@code handler} is the id of the entry. */
    @POST
    public Map<String, Object> start(String body) {
        FlowRequests.Start start = FlowRequests.options(body);
        return flows.changeOptions(start.handler(), start.showAdvancedOptions());
    }

    @GET
    @Path("{flow_id}")
    public Map<String, Object> read(@PathParam("flow_id") String flowId) {
        return flows.read(flowId, true);
    }

    @POST
    @Path("{flow_id}")
    public Map<String, Object> proceed(@PathParam("flow_id") String flowId, String body) {
        return flows.proceed(flowId, true, FlowRequests.input(body));
    }

    @DELETE
    @Path("{flow_id}")
    public Message abort(@PathParam("flow_id") String flowId) {
        flows.abort(flowId, true);
        return new Message("Flow aborted");
    }
}
