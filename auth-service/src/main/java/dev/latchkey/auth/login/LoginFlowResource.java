package dev.latchkey.auth.login;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.AuthConfig.PkcePolicy;
import dev.latchkey.auth.client.ClientDirectory;
import dev.latchkey.auth.client.ClientId;
import dev.latchkey.auth.client.ClientVerdict;
import dev.latchkey.auth.token.AuthorizationCodeService;
import dev.latchkey.auth.token.CodeRequest;
import dev.latchkey.auth.token.CodeRequest.CodeKind;
import dev.latchkey.auth.token.Pkce;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.VerifiedCredential;
import dev.latchkey.platform.http.Message;
import dev.latchkey.platform.http.MessageException;
import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.message.JsonBody;
import dev.latchkey.platform.message.MessageSchema;
import dev.latchkey.platform.message.MessageSchema.Kind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** {@code /auth/login_flow}: the login flow as JSON, for front ends that draw it themselves ({@code spec/auth.md} 1.5). */
@Path("/auth/login_flow")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
class LoginFlowResource {

    private static final MessageSchema START = MessageSchema.of(
            required("client_id", Kind.STRING),
            required("handler", Kind.PROVIDER),
            required("redirect_uri", Kind.STRING),
            optional("type", Kind.STRING),
            optional("code_challenge", Kind.STRING),
            optional("code_challenge_method", Kind.STRING));

    private final LoginFlowService flows;
    private final ClientDirectory clients;
    private final PasswordProvider passwords;
    private final AuthorizationCodeService codes;
    private final RemoteAddress remoteAddress;
    private final PkcePolicy pkce;

    LoginFlowResource(
            LoginFlowService flows,
            ClientDirectory clients,
            PasswordProvider passwords,
            AuthorizationCodeService codes,
            RemoteAddress remoteAddress,
            AuthConfig config) {
        this.flows = flows;
        this.clients = clients;
        this.passwords = passwords;
        this.codes = codes;
        this.remoteAddress = remoteAddress;
        this.pkce = config.pkce();
    }

    @POST
    public FlowResult start(String body) {
        JsonNode message = JsonBody.read(body, START);
        String clientId = text(message, "client_id");
        String challenge = text(message, "code_challenge");
        if (ClientId.parse(clientId).isEmpty()) {
            throw new MessageException(400, "Invalid client id");
        }
        if (!PasswordProvider.TYPE.equals(message.get("handler").get(0).textValue())
                || !message.get("handler").get(1).isNull()) {
            throw new MessageException(404, "Invalid handler specified");
        }
        String problem = Pkce.problem(challenge, text(message, "code_challenge_method"));
        if (problem == null && challenge == null && pkce == PkcePolicy.REQUIRED) {
            problem = "code_challenge is required";
        }
        if (problem != null) {
            throw new MessageException(400, problem);
        }
        String redirectUri = text(message, "redirect_uri");
        InetAddress client = remoteAddress.get().address();
        switch (clients.verify(clientId, redirectUri, client)) {
            case ClientVerdict.Allowed allowed -> {}
            case ClientVerdict.InvalidClientId invalid -> throw new MessageException(400, "Invalid client id");
            case ClientVerdict.InvalidRedirectUri invalid -> throw new MessageException(400, "Invalid redirect URI");
        }
        CodeKind kind = "link_user".equals(text(message, "type")) ? CodeKind.LINK_USER : CodeKind.AUTHORIZE;
        CodeRequest request = new CodeRequest(kind, clientId, redirectUri, challenge);
        LoginFlow flow = flows.start(request, null, false, client);
        return FlowResult.Form.usernameAndPassword(flow.id(), Map.of());
    }

    /** Flows are not listed. */
    @GET
    public Response list() {
        return Response.status(405).header("Allow", "POST").build();
    }

    @POST
    @Path("{flow_id}")
    public FlowResult step(@PathParam("flow_id") String flowId, String body) {
        JsonNode message = JsonBody.parse(body);
        String clientId = clientId(message);
        LoginFlow flow = open(flowId);
        if (message.size() != 3
                || !message.path("username").isTextual()
                || !message.path("password").isTextual()) {
            throw new MessageException(400, "User input malformed");
        }
        Optional<VerifiedCredential> verified = passwords.verify(text(message, "username"), text(message, "password"));
        if (verified.isEmpty()) {
            return FlowResult.Form.usernameAndPassword(flowId, Map.of("base", "invalid_auth"));
        }
        if (!flows.end(flow)) {
            throw unknownFlow();
        }
        return finish(flow, clientId, verified.get());
    }

    private FlowResult finish(LoginFlow flow, String clientId, VerifiedCredential credential) {
        if (!(clients.verify(clientId, flow.redirectUri(), remoteAddress.get().address())
                instanceof ClientVerdict.Allowed)) {
            throw new MessageException(403, "Invalid redirect URI");
        }
        Admission admission = Admission.of(credential.account(), remoteAddress.get());
        if (admission != Admission.ALLOWED) {
            throw new MessageException(403, "Login blocked: " + admission.reason());
        }
        String code = codes.issue(flow.codeRequest(clientId), credential).orElseThrow(LoginFlowResource::unknownFlow);
        return FlowResult.CreateEntry.ofCode(flow.id(), code);
    }

    @GET
    @Path("{flow_id}")
    public Response read(@PathParam("flow_id") String flowId) {
        throw unknownFlow();
    }

    @DELETE
    @Path("{flow_id}")
    public Message abort(@PathParam("flow_id") String flowId) {
        if (!flows.end(open(flowId))) {
            throw unknownFlow();
        }
        return new Message("Flow aborted");
    }

    private LoginFlow open(String flowId) {
        return flows.find(flowId, null).orElseThrow(LoginFlowResource::unknownFlow);
    }

    private static String clientId(JsonNode message) {
        if (!message.isObject()) {
            throw new MessageException(400, "Message format incorrect: expected a dictionary");
        }
        if (!message.has("client_id")) {
            throw new MessageException(400, "Message format incorrect: required key not provided @ data['client_id']");
        }
        if (!message.get("client_id").isTextual()) {
            throw new MessageException(
                    400, "Message format incorrect: expected str for dictionary value @ data['client_id']");
        }
        String clientId = text(message, "client_id");
        if (ClientId.parse(clientId).isEmpty()) {
            throw new MessageException(400, "Invalid client id");
        }
        return clientId;
    }

    private static MessageException unknownFlow() {
        return new MessageException(404, "Invalid flow specified");
    }
}
