package dev.latchkey.local.checker.history;

/** How an operation ended for the client. */
public enum Outcome {
    /** The platform said yes. */
    OK,
    /** The platform said no, for good. */
    REFUSED,
    /** There was no answer, or one that says neither: it may have happened or not. */
    UNKNOWN
}
