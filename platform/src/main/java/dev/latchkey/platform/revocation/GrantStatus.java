package dev.latchkey.platform.revocation;

/** What is known of a grant from memory. */
public enum GrantStatus {
    /** It was not revoked. */
    LIVE,
    /** It was revoked. */
    REVOKED,
    /** It may have been revoked: auth-service was not heard for too long, or not yet. */
    STALE
}
