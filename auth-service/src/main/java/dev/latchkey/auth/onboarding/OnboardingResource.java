package dev.latchkey.auth.onboarding;

import static dev.latchkey.platform.message.MessageSchema.optional;
import static dev.latchkey.platform.message.MessageSchema.required;
import static dev.latchkey.platform.message.MessageSchema.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.client.ClientId;
import dev.latchkey.auth.token.AuthorizationCodeService;
import dev.latchkey.auth.token.CodeRequest;
import dev.latchkey.auth.token.CodeRequest.CodeKind;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.UserException;
import dev.latchkey.auth.user.VerifiedCredential;
import dev.latchkey.platform.bearer.CurrentToken;
import dev.latchkey.platform.http.MessageException;
import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.message.JsonBody;
import dev.latchkey.platform.message.MessageSchema;
import dev.latchkey.platform.message.MessageSchema.Kind;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** {@code /api/onboarding}: what is left to set up, the first user and the way on to an app ({@code spec/auth.md} 1.7). */
@Path("/api/onboarding")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
class OnboardingResource {

    record Step(String step, boolean done) {}

    record Code(@JsonProperty("auth_code") String authorizationCode) {}

    private static final MessageSchema NEW_OWNER = MessageSchema.of(
            required("name", Kind.STRING),
            required("username", Kind.STRING),
            required("password", Kind.STRING),
            required("client_id", Kind.STRING),
            optional("language", Kind.STRING));

    private static final MessageSchema APP =
            MessageSchema.of(required("client_id", Kind.STRING), required("redirect_uri", Kind.STRING));

    private final PasswordProvider passwords;
    private final AuthorizationCodeService codes;
    private final OnboardingGate gate;
    private final IntegrationStep integration;
    private final RemoteAddress remoteAddress;
    private final SecurityIdentity identity;

    OnboardingResource(
            PasswordProvider passwords,
            AuthorizationCodeService codes,
            OnboardingGate gate,
            IntegrationStep integration,
            RemoteAddress remoteAddress,
            SecurityIdentity identity) {
        this.passwords = passwords;
        this.codes = codes;
        this.gate = gate;
        this.integration = integration;
        this.remoteAddress = remoteAddress;
        this.identity = identity;
    }

    @GET
    public List<Step> steps() {
        return List.of(new Step("user", !passwords.ownerMissing()), new Step(IntegrationStep.NAME, integration.done()));
    }

    @POST
    @Path("users")
    public Code createOwner(@Context HttpServerRequest http, String body) {
        gate.check(http);
        JsonNode message = JsonBody.read(body, NEW_OWNER);
        if (ClientId.parse(text(message, "client_id")).isEmpty()) {
            // Its code could never be redeemed, and there is no second try once there is an owner.
            throw new MessageException(400, "Invalid client id");
        }
        try {
            VerifiedCredential owner = passwords
                    .createOwner(text(message, "name"), text(message, "username"), text(message, "password"))
                    .orElseThrow(() -> new MessageException(403, "User step already done"));
            CodeRequest request = new CodeRequest(CodeKind.AUTHORIZE, text(message, "client_id"), null, null);
            return new Code(
                    codes.issue(request, owner).orElseThrow(() -> new MessageException(403, "User step already done")));
        } catch (UserException e) {
            throw new MessageException(400, e.getMessage());
        }
    }

    @POST
    @Path("integration")
    @Authenticated
    public Code finishIntegration(@Context HttpServerRequest http, String body) {
        JsonNode message = JsonBody.read(body, APP);
        return new Code(integration.finish(
                CurrentToken.of(identity),
                text(message, "client_id"),
                text(message, "redirect_uri"),
                remoteAddress.of(http).address()));
    }
}
