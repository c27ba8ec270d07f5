package dev.latchkey.platform.http;

/** Reads the {@code Authorization} header of RFC 6750 section 2.1. */
public final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /**
     * Returns the token of a header value; null when there is none: another scheme, no value, or more than one space.
     *
     * @param authorization null when the request has no such header
     */
    public static String of(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String token = authorization.substring(SCHEME.length());
        return token.isEmpty() || token.indexOf(' ') >= 0 ? null : token;
    }
}
