package dev.latchkey.signing.decision;

import dev.latchkey.signing.caller.Caller;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * Writes who was allowed, for the service behind the gateway (decision S6). Every header is always there: one that is left out
 * would let the client's own through. A value is printable ASCII; everything else in it, and the percent sign, is
 * percent-encoded UTF-8, so that no name can end a header or pass for another.
 */
final class Identity {

    private static final CharSequence USER_ID = HttpHeaders.createOptimized("X-Auth-User-Id");
    private static final CharSequence USER_NAME = HttpHeaders.createOptimized("X-Auth-User-Name");
    private static final CharSequence GROUPS = HttpHeaders.createOptimized("X-Auth-Groups");
    private static final CharSequence CLIENT_ID = HttpHeaders.createOptimized("X-Auth-Client-Id");
    private static final CharSequence TOKEN_ID = HttpHeaders.createOptimized("X-Auth-Token-Id");
    private static final CharSequence METHOD = HttpHeaders.createOptimized("X-Auth-Method");

    private static final String NOTHING = "-";
    private static final int LONGEST_VALUE = 1_024;

    private Identity() {}

    static void write(Caller caller, Reason reason, MultiMap headers) {
        headers.add(USER_ID, value(caller.userId()))
                .add(USER_NAME, value(caller.userName()))
                .add(GROUPS, value(String.join(",", caller.groups())))
                .add(CLIENT_ID, value(caller.clientId()))
                .add(TOKEN_ID, value(caller.grantId()))
                .add(METHOD, reason.code());
    }

    /** Returns a text as a header may have it; a dash for nothing, and a dash of its own is {@code %2D}. */
    static String value(String text) {
        if (text == null || text.isEmpty()) {
            return NOTHING;
        }
        if (text.equals(NOTHING)) {
            return "%2D";
        }
        return isPlain(text) ? text : encoded(text);
    }

    private static boolean isPlain(String text) {
        if (text.length() > LONGEST_VALUE || text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7f && c != '%';
    }

    private static String encoded(String text) {
        StringBuilder value = new StringBuilder();
        String stripped = text.strip();
        for (byte octet : stripped.getBytes(StandardCharsets.UTF_8)) {
            if (value.length() >= LONGEST_VALUE) {
                break;
            }
            if (isPlain(octet)) {
                value.append((char) octet);
            } else {
                value.append('%').append(String.format("%02X", octet));
            }
        }
        return value.isEmpty() ? NOTHING : value.toString();
    }
}
