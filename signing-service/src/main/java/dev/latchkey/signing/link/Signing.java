package dev.latchkey.signing.link;

/** How a request for a link ended. */
public sealed interface Signing {

    /**
     * The link.
     *
     * @param path with query and signature, escaped so that asking for it as it is verifies
     */
    record Signed(String path) implements Signing {}

    /**
     * It cannot be made.
     *
     * @param code stable
     * @param message for a developer; holds nothing that was sent
     */
    record Refused(String code, String message) implements Signing {}
}
