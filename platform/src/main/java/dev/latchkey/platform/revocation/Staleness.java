package dev.latchkey.platform.revocation;

/** Why the view of revoked grants cannot be trusted. */
public enum Staleness {
    /** It can be. */
    NONE,
    /** The topic was not read to its end since the start, or since it was made anew. */
    NOT_READ,
    /** No heartbeat came for too long: auth-service, its database, Kafka or the way to it is away, or everything is late. */
    NO_HEARTBEAT,
    /** A revocation could not be read. */
    UNREADABLE,
    /** There are more revocations than this service is allowed to remember. */
    TOO_MANY,
    /** The clock is behind one by which revocations were forgotten. */
    CLOCK_SET_BACK
}
