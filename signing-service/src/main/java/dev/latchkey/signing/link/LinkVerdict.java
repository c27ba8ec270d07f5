package dev.latchkey.signing.link;

import java.util.Locale;

/** What a request target is worth as a link. Says nothing of revocation. */
public sealed interface LinkVerdict {

    /** It has no signature. */
    record Unsigned() implements LinkVerdict {}

    /** A link of a living boot, in time, for exactly this target. */
    record Valid(LinkClaims claims) implements LinkVerdict {}

    /** It has a signature that is worth nothing here. */
    record Refused(Reason reason) implements LinkVerdict {}

    /** Why; for logs and metrics, never for the client. */
    enum Reason {
        /** No GET and no HEAD. */
        LINK_METHOD,
        /** Not three parts, or {@code width}, {@code height} or a further {@code authSig} with a value that could mean something. */
        LINK_MALFORMED,
        /** Signed by nobody who is alive, or no token of this kind. */
        LINK_UNKNOWN_KEY,
        /** Not signed by that key. */
        LINK_BAD_SIGNATURE,
        /** Too late. */
        LINK_EXPIRED,
        /** From a clock that is far ahead. */
        LINK_NOT_YET,
        /** Made for another path or query. */
        LINK_OTHER_TARGET;

        /** Returns the stable code, for example {@code link_expired}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
