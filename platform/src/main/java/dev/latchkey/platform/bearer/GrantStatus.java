package dev.latchkey.platform.bearer;

/** What is known of a grant. */
public enum GrantStatus {
    /** It was not revoked. */
    LIVE,
    /** It was revoked. */
    REVOKED,
    /** It may have been revoked: auth-service was not heard for too long, or not yet. */
    STALE
}
