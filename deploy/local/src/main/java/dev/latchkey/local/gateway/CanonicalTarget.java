package dev.latchkey.local.gateway;

import java.util.Optional;

/**
 * Request targets that mean the same to everyone who reads them.
 *
 * <p>A target that one server reads as {@code /a/b} and another as {@code /b} gets past whoever decides by path, so
 * anything that could be read in two ways is refused (RFC 9112 section 3.2.1, RFC 3986 section 6.2.2).
 */
final class CanonicalTarget {
    private static final int LARGEST_ASCII = 0x7e;

    private CanonicalTarget() {}

    /**
     * The path of a request target in origin form.
     *
     * @param target as it stood in the request line
     * @return the path without its query, still percent-encoded; empty when the target must be refused
     */
    static Optional<String> path(String target) {
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        if (!path.startsWith("/") || path.contains("//") || !plain(target) || !wellEncoded(path) || hasDots(path)) {
            return Optional.empty();
        }
        return Optional.of(path);
    }

    /** Printable ASCII without what belongs in no target. */
    private static boolean plain(String target) {
        for (int i = 0; i < target.length(); i++) {
            var c = target.charAt(i);
            if (c <= ' ' || c > LARGEST_ASCII || c == '\\' || c == '#') {
                return false;
            }
        }
        return true;
    }

    private static boolean wellEncoded(String path) {
        for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
            var octet = octetAt(path, i);
            if (octet < ' ' || octet == 0x7f || "/\\;?#".indexOf(octet) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The octet that the three characters from here stand for, or -1. */
    private static int octetAt(String path, int percent) {
        if (percent + 2 >= path.length()) {
            return -1;
        }
        var high = Character.digit(path.charAt(percent + 1), 16);
        var low = Character.digit(path.charAt(percent + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /** Whether a segment is {@code .} or {@code ..}, with or without path parameters, however it is written. */
    private static boolean hasDots(String path) {
        for (var segment : path.split("/")) {
            var parameters = segment.indexOf(';');
            var name = parameters < 0 ? segment : segment.substring(0, parameters);
            var decoded = name.replace("%2e", ".").replace("%2E", ".");
            if (decoded.equals(".") || decoded.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
