package dev.latchkey.platform.bearer;

import dev.latchkey.platform.token.AccessToken;
import io.quarkus.security.identity.SecurityIdentity;

/** Finds the access token by which a request was authenticated. */
public final class CurrentToken {

    static final String ATTRIBUTE = "dev.latchkey.token";

    private CurrentToken() {}

    /**
     * Returns what the token says.
     *
     * @throws IllegalStateException when the identity has none, being anonymous
     */
    public static AccessToken of(SecurityIdentity identity) {
        AccessToken token = identity.getAttribute(ATTRIBUTE);
        if (token == null) {
            throw new IllegalStateException("nobody presented an access token; let the endpoint demand one");
        }
        return token;
    }
}
