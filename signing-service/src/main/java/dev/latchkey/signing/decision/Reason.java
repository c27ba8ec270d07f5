package dev.latchkey.signing.decision;

import dev.latchkey.signing.caller.CallerVerdict;
import dev.latchkey.signing.link.LinkVerdict;
import java.util.Locale;

/** Why a decision is as it is; for logs and metrics. Clients learn the outcome only. */
enum Reason {
    BEARER(Outcome.ALLOWED),
    SIGNED_PATH(Outcome.ALLOWED),
    NO_CREDENTIAL(Outcome.UNAUTHENTICATED),
    TOKEN_INVALID(Outcome.UNAUTHENTICATED),
    REVOKED(Outcome.UNAUTHENTICATED),
    USER_INACTIVE(Outcome.UNAUTHENTICATED),
    USER_NOT_LOCAL(Outcome.UNAUTHENTICATED),
    LINK_METHOD(Outcome.UNAUTHENTICATED),
    LINK_MALFORMED(Outcome.UNAUTHENTICATED),
    LINK_UNKNOWN_KEY(Outcome.UNAUTHENTICATED),
    LINK_BAD_SIGNATURE(Outcome.UNAUTHENTICATED),
    LINK_EXPIRED(Outcome.UNAUTHENTICATED),
    LINK_NOT_YET(Outcome.UNAUTHENTICATED),
    LINK_OTHER_TARGET(Outcome.UNAUTHENTICATED),
    /** The caller did not prove to be a gateway. */
    GATEWAY_UNKNOWN(Outcome.FORBIDDEN),
    /** The gateway did not say, exactly once, what it was asked for. */
    ORIGINAL_MISSING(Outcome.FORBIDDEN),
    /** The original target can be read in two ways. */
    TARGET_REFUSED(Outcome.FORBIDDEN),
    /** The original method is none. */
    METHOD_REFUSED(Outcome.FORBIDDEN),
    /** Nobody can tell at the moment. */
    UNAVAILABLE(Outcome.UNAVAILABLE);

    /** What the gateway is told. */
    enum Outcome {
        ALLOWED,
        UNAUTHENTICATED,
        FORBIDDEN,
        UNAVAILABLE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Outcome outcome;

    Reason(Outcome outcome) {
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Returns the stable code, for example {@code link_expired}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Reason of(LinkVerdict.Reason reason) {
        return valueOf(reason.name());
    }

    static Reason of(CallerVerdict.Refused refused) {
        return switch (refused) {
            case INVALID -> TOKEN_INVALID;
            case REVOKED -> REVOKED;
            case USER_INACTIVE -> USER_INACTIVE;
            case USER_NOT_LOCAL -> USER_NOT_LOCAL;
        };
    }
}
