package dev.latchkey.auth.token;

import dev.latchkey.auth.client.ClientId;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.Admission;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.platform.http.RemoteAddress;
import dev.latchkey.platform.net.ClientAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/** {@code POST /auth/token} (RFC 6749 section 3.2; {@code spec/auth.md} 1.1). */
@Path("/auth/token")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class TokenResource {

    private final AuthorizationCodeService codes;
    private final RefreshTokenService refreshTokens;
    private final GrantRevocation revocation;
    private final AccessTokens accessTokens;
    private final Accounts accounts;
    private final LastUse lastUse;
    private final RemoteAddress remoteAddress;
    private final Clock clock;

    TokenResource(
            AuthorizationCodeService codes,
            RefreshTokenService refreshTokens,
            GrantRevocation revocation,
            AccessTokens accessTokens,
            Accounts accounts,
            LastUse lastUse,
            RemoteAddress remoteAddress,
            Clock clock) {
        this.codes = codes;
        this.refreshTokens = refreshTokens;
        this.revocation = revocation;
        this.accessTokens = accessTokens;
        this.accounts = accounts;
        this.lastUse = lastUse;
        this.remoteAddress = remoteAddress;
        this.clock = clock;
    }

    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response token(@BeanParam TokenRequest request) {
        try {
            if ("revoke".equals(TokenRequest.single(request.action))) {
                return revoke(TokenRequest.single(request.token));
            }
            return switch (Objects.requireNonNullElse(TokenRequest.single(request.grantType), "")) {
                case "authorization_code" -> redeem(request);
                case "refresh_token" -> refresh(request);
                default -> refusal(OAuthError.UNSUPPORTED_GRANT_TYPE);
            };
        } catch (TokenRequest.RepeatedFieldException e) {
            return refusal(OAuthError.invalidRequest("A parameter is repeated"));
        }
    }

    /** Fields are read from a form only; any other body has no grant type. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response notAForm() {
        return refusal(OAuthError.UNSUPPORTED_GRANT_TYPE);
    }

    private Response revoke(String refreshToken) {
        if (refreshToken != null) {
            revocation.revokeBySecret(refreshToken);
        }
        return Response.ok().build();
    }

    private Response redeem(TokenRequest request) {
        String clientId = TokenRequest.single(request.clientId);
        if (clientId == null || ClientId.parse(clientId).isEmpty()) {
            return refusal(OAuthError.INVALID_CLIENT_ID);
        }
        String code = TokenRequest.single(request.code);
        if (code == null) {
            return refusal(OAuthError.INVALID_CODE);
        }
        Instant asOf = clock.instant();
        return switch (codes.redeem(
                code,
                clientId,
                TokenRequest.single(request.redirectUri),
                TokenRequest.single(request.codeVerifier),
                remoteAddress.get())) {
            case Redemption.Refused refused -> refusal(refused.error());
            case Redemption.Granted granted ->
                success(
                        granted.issued().grant(),
                        granted.account(),
                        granted.issued().secret(),
                        PasswordProvider.TYPE,
                        asOf);
        };
    }

    private Response refresh(TokenRequest request) {
        String clientId = TokenRequest.single(request.clientId);
        String refreshToken = TokenRequest.single(request.refreshToken);
        Instant asOf = clock.instant();
        Grant grant =
                refreshToken == null ? null : refreshTokens.find(refreshToken).orElse(null);
        if (grant == null || !Objects.equals(grant.clientId(), clientId)) {
            return refusal(whyNotRefreshed(clientId, refreshToken, grant));
        }
        Account account = accounts.find(grant.userId()).orElse(null);
        if (account == null) {
            return refusal(OAuthError.invalidGrant(null));
        }
        ClientAddress client = remoteAddress.get();
        Admission admission = Admission.of(account, client);
        if (admission != Admission.ALLOWED) {
            return refusal(OAuthError.accessDenied(admission.reason()));
        }
        lastUse.refreshTokenUsed(grant.id(), asOf, client.address());
        return success(grant, account, null, null, asOf);
    }

    private static OAuthError whyNotRefreshed(String clientId, String refreshToken, Grant grant) {
        if (clientId != null && ClientId.parse(clientId).isEmpty()) {
            return OAuthError.INVALID_CLIENT_ID;
        }
        return refreshToken != null && grant == null ? OAuthError.invalidGrant(null) : OAuthError.INVALID_REQUEST;
    }

    private Response success(Grant grant, Account account, String refreshToken, String authProvider, Instant asOf) {
        return Response.ok(new TokenResponse(
                        accessTokens.issue(grant, account, asOf),
                        "Bearer",
                        refreshToken,
                        grant.accessTokenLifetime().toSeconds(),
                        authProvider))
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .build();
    }

    private static Response refusal(OAuthError error) {
        return Response.status(error.status()).entity(error).build();
    }
}
