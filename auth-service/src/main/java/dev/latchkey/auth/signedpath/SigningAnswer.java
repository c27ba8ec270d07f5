package dev.latchkey.auth.signedpath;

/** How a call to signing-service ended. */
sealed interface SigningAnswer {

    /** The path with its signature. */
    record Signed(String path) implements SigningAnswer {}

    /** What is wrong with the path or its lifetime, in a sentence for the caller. */
    record Refused(String message) implements SigningAnswer {}

    /** signing-service is away, slow, busy, or not part of this deployment. */
    record Unavailable() implements SigningAnswer {}
}
