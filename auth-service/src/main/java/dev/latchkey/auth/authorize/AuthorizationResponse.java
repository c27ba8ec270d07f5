package dev.latchkey.auth.authorize;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds the address by which a person returns to an app (RFC 6749 section 4.1.2, RFC 9207; {@code spec/auth.md} 1.3). */
final class AuthorizationResponse {

    private AuthorizationResponse() {}

    /**
     * Returns the address that carries a code.
     *
     * @param state null when the app sent none
     * @param issuer the {@code iss} that tells the app who answers
     * @param storeToken whether the person asked to stay signed in
     */
    static String granted(String redirectUri, String code, String state, String issuer, boolean storeToken) {
        List<String> pairs = new ArrayList<>();
        pairs.add(pair("code", code));
        addState(pairs, state);
        if (storeToken) {
            pairs.add("storeToken=true");
        }
        pairs.add(pair("iss", issuer));
        return with(redirectUri, pairs);
    }

    /** Returns the address that says the person refused. */
    static String denied(String redirectUri, String state, String issuer) {
        List<String> pairs = new ArrayList<>();
        pairs.add("error=access_denied");
        addState(pairs, state);
        pairs.add(pair("iss", issuer));
        return with(redirectUri, pairs);
    }

    private static void addState(List<String> pairs, String state) {
        if (state != null) {
            pairs.add(pair("state", state));
        }
    }

    /** Adds to the query, which may be there already, and leaves a fragment at the end. */
    private static String with(String redirectUri, List<String> pairs) {
        int hash = redirectUri.indexOf('#');
        String head = hash < 0 ? redirectUri : redirectUri.substring(0, hash);
        String fragment = hash < 0 ? "" : redirectUri.substring(hash);
        String separator = head.indexOf('?') < 0 ? "?" : head.endsWith("?") || head.endsWith("&") ? "" : "&";
        return head + separator + String.join("&", pairs) + fragment;
    }

    /** Percent-encodes everything but unreserved characters: unlike a plus, {@code %20} is a space to every reader. */
    private static String pair(String name, String value) {
        return name + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
    }
}
