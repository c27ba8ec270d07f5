package dev.latchkey.auth.bearer;

import dev.latchkey.auth.token.Verdict;
import io.quarkus.security.identity.SecurityIdentity;

/** Who makes an authenticated request, and under which grant. */
public final class BearerCaller {

    static final String ATTRIBUTE = "latchkey.caller";

    private BearerCaller() {}

    /** Returns what {@link BearerMechanism} found out. The endpoint must be one that only authenticated requests reach. */
    public static Verdict.Valid of(SecurityIdentity identity) {
        return identity.getAttribute(ATTRIBUTE);
    }
}
