package dev.latchkey.auth.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.platform.http.Message;
import dev.latchkey.platform.http.RemoteAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code GET /auth/providers}: the ways to sign in ({@code spec/auth.md} 1.4). */
@Path("/auth/providers")
class ProvidersResource {

    record Provider(String name, String id, String type) {}

    record Providers(
            List<Provider> providers,
            @JsonProperty("preselect_remember_me") boolean preselectRememberMe) {}

    private static final List<Provider> PROVIDERS =
            List.of(new Provider("Home Assistant Local", null, PasswordProvider.TYPE));

    private final PasswordProvider passwords;
    private final RemoteAddress remoteAddress;

    ProvidersResource(PasswordProvider passwords, RemoteAddress remoteAddress) {
        this.passwords = passwords;
        this.remoteAddress = remoteAddress;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response providers() {
        if (passwords.ownerMissing()) {
            return new Message("Onboarding not finished", "onboarding_required").status(400);
        }
        return Response.ok(new Providers(PROVIDERS, remoteAddress.get().local()))
                .build();
    }
}
