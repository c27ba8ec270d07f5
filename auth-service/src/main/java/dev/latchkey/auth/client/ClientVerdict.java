package dev.latchkey.auth.client;

/** Whether an app may have people sent back to an address. */
public sealed interface ClientVerdict {

    /**
     * It may.
     *
     * @param app what is known about the app
     * @param sameOrigin whether the address lies in the client id's own origin, so that nothing had to be asked
     * @param host the client id's host and port, to be shown to the person
     */
    record Allowed(ClientApp app, boolean sameOrigin, String host) implements ClientVerdict {}

    /** The client id is none. */
    record InvalidClientId() implements ClientVerdict {}

    /**
     * The redirect URI is none, or not this app's.
     *
     * @param why a stable code for logs and the error page: {@code missing}, {@code too_long}, {@code illegal_character},
     *     {@code not_absolute}, {@code scheme_not_allowed}, {@code malformed}, {@code not_published}, or why the app could not
     *     be asked ({@code address_not_allowed}, {@code timeout}, {@code document_of_another_client} …)
     */
    record InvalidRedirectUri(String why) implements ClientVerdict {}
}
