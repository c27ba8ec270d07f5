package dev.latchkey.platform.request;

import dev.latchkey.platform.request.TargetResult.Reason;

/**
 * Reads a path (RFC 3986 section 3.3, {@code path-absolute} and what is allowed in it) that every server reads alike, or
 * refuses it. Looks at every character a fixed number of times.
 */
final class PathReader {

    /** The {@code pchar} of RFC 3986 without {@code ;}: path parameters are cut off by some servers and not by others. */
    static final String SEGMENT_MARKS = PercentCoding.UNRESERVED_MARKS + "!$&'()*+,=:@";

    private static final String DELIMITERS = "/\\;?#";

    private PathReader() {}

    /** @param raw begins with a slash */
    static String read(String raw) throws RefusedTargetException {
        requirePathCharacters(raw);
        String path = PercentCoding.decode(raw, false);
        for (int i = raw.indexOf('%'); i >= 0; i = raw.indexOf('%', i + 1)) {
            requireHarmless(PercentCoding.octetAt(raw, i));
        }
        requireNamedSegments(path);
        for (int i = raw.indexOf('%'); i >= 0; i = raw.indexOf('%', i + 1)) {
            if (isNeedless(PercentCoding.octetAt(raw, i))) {
                throw new RefusedTargetException(Reason.NEEDLESS_ESCAPE);
            }
        }
        requireSameWhenDecodedAgain(path);
        return path;
    }

    private static void requirePathCharacters(String raw) throws RefusedTargetException {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (!PercentCoding.isAlphanumeric(c) && c != '/' && c != '%' && SEGMENT_MARKS.indexOf(c) < 0) {
                throw new RefusedTargetException(Reason.ILLEGAL_CHARACTER);
            }
        }
    }

    private static void requireHarmless(int octet) throws RefusedTargetException {
        if (isControl(octet)) {
            throw new RefusedTargetException(Reason.ENCODED_CONTROL);
        }
        if (DELIMITERS.indexOf(octet) >= 0) {
            throw new RefusedTargetException(Reason.ENCODED_DELIMITER);
        }
    }

    /** An empty last segment is a trailing slash, which is part of the path. */
    private static void requireNamedSegments(String path) throws RefusedTargetException {
        int segments = 0;
        for (int start = 1; start <= path.length(); segments++) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (slash == start) {
                throw new RefusedTargetException(Reason.EMPTY_SEGMENT);
            }
            if (isDots(path, start, end)) {
                throw new RefusedTargetException(Reason.DOT_SEGMENT);
            }
            start = end + 1;
        }
        if (segments > RequestTarget.MAX_SEGMENTS) {
            throw new RefusedTargetException(Reason.TOO_MANY_SEGMENTS);
        }
    }

    private static boolean isDots(String path, int start, int end) {
        int length = end - start;
        return (length == 1 || length == 2) && path.charAt(start) == '.' && path.charAt(end - 1) == '.';
    }

    /**
     * A name may hold a percent sign, even {@code a%20b}. It is refused when decoding it again would yield what is refused in
     * the first place, or another escape; so a third decoding changes nothing, and the second nothing that matters.
     */
    private static void requireSameWhenDecodedAgain(String path) throws RefusedTargetException {
        if (path.indexOf('%') < 0) {
            return;
        }
        StringBuilder escapes = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            int octet = PercentCoding.octetAt(path, i);
            if (octet < 0) {
                escapes.append('-');
                continue;
            }
            if (isControl(octet) || DELIMITERS.indexOf(octet) >= 0 || isNeedless(octet) || octet == '%') {
                throw new RefusedTargetException(Reason.DOUBLE_ENCODED);
            }
            escapes.append(path, i, i + 3);
            i += 2;
        }
        PercentCoding.decode(escapes.toString(), false);
    }

    private static boolean isControl(int octet) {
        return octet < ' ' || octet == 0x7f;
    }

    /** {@code -}, {@code _} and {@code ~} need no escape either, but old clients write one ({@code ~} was unsafe in RFC 1738). */
    private static boolean isNeedless(int octet) {
        return PercentCoding.isAlphanumeric(octet) || octet == '.';
    }
}
