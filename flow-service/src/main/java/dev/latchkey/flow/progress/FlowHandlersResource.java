package dev.latchkey.flow.progress;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;

/** {@code GET …/flow_handlers}: what can be added ({@code spec/flows.md} 1.1, R9). */
@Path("/api/config/config_entries/flow_handlers")
@Produces(MediaType.APPLICATION_JSON)
class FlowHandlersResource {

    private final FlowService flows;

    FlowHandlersResource(FlowService flows) {
        this.flows = flows;
    }

    /** Lists domains; none for a type that nothing has. */
    @GET
    @Authenticated
    public Collection<String> list(@QueryParam("type") String type) {
        return flows.handlers(type);
    }
}
