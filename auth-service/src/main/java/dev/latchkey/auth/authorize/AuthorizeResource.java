package dev.latchkey.auth.authorize;

import dev.latchkey.auth.AuthConfig;
import dev.latchkey.auth.AuthConfig.PkcePolicy;
import dev.latchkey.auth.authorize.AuthorizeForm.Action;
import dev.latchkey.auth.client.ClientDirectory;
import dev.latchkey.auth.client.ClientVerdict;
import dev.latchkey.auth.login.LoginFlow;
import dev.latchkey.auth.login.LoginFlow.Step;
import dev.latchkey.auth.login.LoginFlowService;
import dev.latchkey.auth.metadata.PublicAddresses;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.platform.http.RemoteAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * {@code /auth/authorize}: the authorization endpoint (RFC 6749 section 3.1) as pages without scripts. {@code GET} starts a
 * flow, every form is a {@code POST} that continues it.
 */
@Path(AuthorizeResource.PATH)
@RunOnVirtualThread
class AuthorizeResource {

    static final String PATH = "/auth/authorize";

    private final ClientDirectory clients;
    private final LoginFlowService flows;
    private final PasswordProvider passwords;
    private final SignInStep signIn;
    private final ConsentStep consent;
    private final Notices notices;
    private final PublicAddresses addresses;
    private final RemoteAddress remoteAddress;
    private final PkcePolicy pkce;

    AuthorizeResource(
            ClientDirectory clients,
            LoginFlowService flows,
            PasswordProvider passwords,
            SignInStep signIn,
            ConsentStep consent,
            Notices notices,
            PublicAddresses addresses,
            RemoteAddress remoteAddress,
            AuthConfig config) {
        this.clients = clients;
        this.flows = flows;
        this.passwords = passwords;
        this.signIn = signIn;
        this.consent = consent;
        this.notices = notices;
        this.addresses = addresses;
        this.remoteAddress = remoteAddress;
        this.pkce = config.pkce();
    }

    @GET
    public Response start(@Context HttpServerRequest http) {
        Visit visit = visit(http);
        QueryParameters query;
        try {
            query = QueryParameters.read(http.query());
        } catch (QueryParameters.MalformedException e) {
            return notices.fault(Fault.MALFORMED, "malformed_query", null, visit)
                    .build();
        }
        Optional<String> repeated = AuthorizationRequest.repeated(query);
        if (repeated.isPresent()) {
            return notices.fault(Fault.REPEATED, "repeated_" + repeated.get(), null, visit)
                    .build();
        }
        return start(AuthorizationRequest.of(query), visit);
    }

    private Response start(AuthorizationRequest request, Visit visit) {
        if (request.clientId() == null) {
            return notices.fault(Fault.CLIENT_ID_MISSING, "missing_client_id", request, visit)
                    .build();
        }
        return switch (clients.verify(
                request.clientId(), request.redirectUri(), visit.client().address())) {
            case ClientVerdict.InvalidClientId invalid ->
                notices.fault(Fault.CLIENT_ID, "invalid_client_id", request, visit)
                        .build();
            case ClientVerdict.InvalidRedirectUri(String why) ->
                notices.fault(Fault.ofRedirectUri(why), why, request, visit).build();
            case ClientVerdict.Allowed verdict -> start(request, verdict, visit);
        };
    }

    private Response start(AuthorizationRequest request, ClientVerdict.Allowed verdict, Visit visit) {
        Optional<Fault> fault = request.fault(pkce);
        if (fault.isPresent()) {
            return notices.fault(fault.get(), fault.get().code(), request, visit)
                    .build();
        }
        if (passwords.ownerMissing()) {
            return notices.ownerMissing(visit).build();
        }
        return signIn.begin(request, verdict, visit);
    }

    /** The page has no use for what HEAD answers, and a flow should not start for it. */
    @HEAD
    public Response head() {
        return Response.status(405).header("Allow", "GET, POST").build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(@Context HttpServerRequest http, String body) {
        Visit visit = visit(http);
        if (visit.foreign()) {
            return notices.foreign(visit).build();
        }
        Optional<AuthorizeForm> sent = form(body);
        if (sent.isEmpty()) {
            return notices.expired(null, visit).build();
        }
        AuthorizeForm form = sent.get();
        return open(form, visit)
                .map(flow -> act(flow, form, visit))
                .orElseGet(() -> notices.expired(form.clientId(), visit).build());
    }

    private Response act(LoginFlow flow, AuthorizeForm form, Visit visit) {
        return switch (form.action()) {
            case SIGN_IN -> signIn.signIn(flow, form, visit);
            case CANCEL -> signIn.cancel(flow, visit);
            case ALLOW -> consent.allow(flow, visit);
            case REFUSE -> consent.refuse(flow, visit);
        };
    }

    private static Optional<AuthorizeForm> form(String body) {
        try {
            return AuthorizeForm.of(QueryParameters.read(body));
        } catch (QueryParameters.MalformedException e) {
            return Optional.empty();
        }
    }

    /** Returns the flow if this browser started it and it has come to where the button is. */
    private Optional<LoginFlow> open(AuthorizeForm form, Visit visit) {
        String secret = visit.flowSecret(form.flowId());
        // Without a secret, a flow of the JSON API would be found, which is bound to no browser.
        if (secret == null || form.action() == null) {
            return Optional.empty();
        }
        Step step = form.action() == Action.SIGN_IN || form.action() == Action.CANCEL ? Step.INIT : Step.CONSENT;
        return flows.find(form.flowId(), secret).filter(flow -> flow.step() == step);
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException e, @Context HttpServerRequest http) {
        return notices.failed("A sign-in", e, visit(http));
    }

    private Visit visit(HttpServerRequest http) {
        return Visit.of(http, addresses, remoteAddress);
    }
}
