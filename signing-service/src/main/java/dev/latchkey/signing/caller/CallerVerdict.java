package dev.latchkey.signing.caller;

/** What a credential is worth at this moment. */
public sealed interface CallerVerdict {

    /** It may be used. */
    record Live(Caller caller) implements CallerVerdict {}

    /** It may not, and asking again will not help. */
    enum Refused implements CallerVerdict {
        /** No credential of ours, or too late. */
        INVALID,
        /** The grant was taken back. */
        REVOKED,
        /** The user was deactivated. */
        USER_INACTIVE,
        /** The user is served only from local networks, and the client is not in one. */
        USER_NOT_LOCAL
    }

    /** Nobody can tell at the moment, so it may not be used. */
    enum Unknown implements CallerVerdict {
        UNAVAILABLE
    }
}
