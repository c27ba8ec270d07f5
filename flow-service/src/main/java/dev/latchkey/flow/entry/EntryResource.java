package dev.latchkey.flow.entry;

import dev.latchkey.flow.FlowConfig;
import dev.latchkey.platform.http.MessageException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Shows entries ({@code spec/flows.md} 1.1 R1; W1 and W2 for the socket). */
@Path("/api/config/config_entries/entry")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Authenticated
class EntryResource {

    private final EntryListings listings;
    private final Duration sendTimeout;

    EntryResource(EntryListings listings, FlowConfig config) {
        this.listings = listings;
        this.sendTimeout = config.listSendTimeout();
    }

    /** The entries, oldest first; {@code type} may be repeated. */
    @GET
    public Response list(
            @QueryParam("domain") String domain, @QueryParam("type") List<String> types, @Context RoutingContext call) {
        Listing list = listings.json(new EntryFilter(domain, types));
        endInTime(call, list);
        StreamingOutput body = list::sendTo;
        return Response.ok(body).header(HttpHeaders.CONTENT_LENGTH, list.size()).build();
    }

    /** Whoever takes a list too slowly is cut off, for it takes memory until it is sent. */
    private void endInTime(RoutingContext call, Listing list) {
        long deadline = call.vertx().setTimer(sendTimeout.toMillis(), timer -> {
            call.response().reset();
            list.over();
        });
        call.addEndHandler(ended -> {
            call.vertx().cancelTimer(deadline);
            list.over();
        });
    }

    /** One entry. */
    @GET
    @Path("{entry_id}")
    @RolesAllowed("system-admin")
    public Map<String, EntryJson> one(@PathParam("entry_id") String entryId) {
        return Map.of(
                "config_entry",
                listings.find(entryId).orElseThrow(() -> new MessageException(404, "Invalid entry specified")));
    }
}
