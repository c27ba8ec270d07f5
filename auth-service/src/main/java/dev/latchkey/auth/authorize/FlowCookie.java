package dev.latchkey.auth.authorize;

import dev.latchkey.auth.login.LoginFlow;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie that binds a flow to the browser that started it. There is one for each flow, so that several tabs do not disturb
 * each other. Its value means nothing without the flow id of the form, and the server knows the digest of the one it made, so a
 * cookie that somebody planted opens nothing.
 */
final class FlowCookie {

    private static final Pattern FLOW_ID = Pattern.compile("[0-9a-f]{32}");
    private static final int PREFIX_LENGTH = 8;

    private FlowCookie() {}

    /**
     * Returns the name of a flow's cookie, or nothing when the id cannot be one of ours.
     *
     * @param secure whether browsers reach us over https; they then keep plain http from setting the cookie
     */
    static Optional<String> name(String flowId, boolean secure) {
        return flowId != null && FLOW_ID.matcher(flowId).matches()
                ? Optional.of((secure ? "__Secure-" : "") + "latchkey-flow-" + flowId.substring(0, PREFIX_LENGTH))
                : Optional.empty();
    }

    /** Returns the cookie that lets a browser continue a flow. */
    static NewCookie give(LoginFlow flow, boolean secure, Duration lifetime) {
        return cookie(flow, secure, flow.browserSecret(), Math.toIntExact(lifetime.toSeconds()));
    }

    /** Returns the cookie that makes a browser forget a flow. */
    static NewCookie remove(LoginFlow flow, boolean secure) {
        return cookie(flow, secure, "", 0);
    }

    private static NewCookie cookie(LoginFlow flow, boolean secure, String value, int maxAge) {
        return new NewCookie.Builder(name(flow.id(), secure).orElseThrow())
                .value(value)
                .path(AuthorizeResource.PATH)
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.STRICT)
                .build();
    }
}
