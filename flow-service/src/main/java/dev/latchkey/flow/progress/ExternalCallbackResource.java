package dev.latchkey.flow.progress;

import dev.latchkey.platform.secret.Secrets;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.Map;

/**
 * Where an external page sends the browser back to ({@code spec/flows.md} 1.1, R14). Nobody is authenticated here: the state is
 * unguessable and works once, and the answer tells nothing about the flow.
 */
@Path(ExternalCallbackResource.PATH)
class ExternalCallbackResource {

    static final String PATH = "/api/config/config_entries/external/callback";

    private static final String SCRIPT = "window.close()";
    private static final String POLICY = "default-src 'none'; frame-ancestors 'none'; script-src 'sha256-"
            + Base64.getEncoder().encodeToString(Secrets.sha256(SCRIPT)) + "'";

    private final UnattendedFlows flows;

    ExternalCallbackResource(UnattendedFlows flows) {
        this.flows = flows;
    }

    @GET
    @RunOnVirtualThread
    public Response cameBack(
            @QueryParam("state") String state, @QueryParam("code") String code, @QueryParam("error") String error) {
        if (state == null) {
            return text(200, "Missing state parameter");
        }
        if (code == null && error == null) {
            return text(200, "Missing code or error parameter");
        }
        if (!flows.cameBack(state, code == null ? Map.of("error", error) : Map.of("code", code))) {
            return text(400, "Invalid state. Is Latchkey configured to be reached under its public address?");
        }
        return Response.ok("<script>" + SCRIPT + "</script>", MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Content-Security-Policy", POLICY)
                .build();
    }

    private static Response text(int status, String text) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .entity(text)
                .build();
    }
}
