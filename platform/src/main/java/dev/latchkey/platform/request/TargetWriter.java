package dev.latchkey.platform.request;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a target in one way: what the path may hold raw stays raw, in the query only the unreserved characters do; everything
 * else is an escape with upper-case digits (RFC 3986 section 6.2.2), a space is {@code %20}, and every pair has its {@code =}.
 */
final class TargetWriter {

    /** What browsers escape in a path (WHATWG URL, path percent-encode set), and what only some of them leave raw. */
    private static final String RAW_IN_PATH = " \"<>[]^`{|}";

    private TargetWriter() {}

    /** @return false when a surrogate stands alone, which no UTF-8 can say */
    static boolean canWrite(String path, List<Parameter> query) {
        return isUnicode(path) && query.stream().allMatch(p -> isUnicode(p.name()) && isUnicode(p.value()));
    }

    static String write(String path, List<Parameter> query) {
        StringBuilder target = new StringBuilder(path.length() + 16);
        PercentCoding.encode(path, PathReader.SEGMENT_MARKS + "/", target);
        char separator = '?';
        for (Parameter parameter : query) {
            target.append(separator);
            PercentCoding.encode(parameter.name(), PercentCoding.UNRESERVED_MARKS, target);
            target.append('=');
            PercentCoding.encode(parameter.value(), PercentCoding.UNRESERVED_MARKS, target);
            separator = '&';
        }
        return target.toString();
    }

    /** Escapes what {@link RequestTarget#typed} takes raw, and nothing else. */
    static String asSent(String text) {
        int question = text.indexOf('?');
        int pathEnd = question < 0 ? text.length() : question;
        StringBuilder sent = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int end = text.offsetByCodePoints(i, 1);
            char c = text.charAt(i);
            if (c >= 0x80 || c == ' ' || i < pathEnd && RAW_IN_PATH.indexOf(c) >= 0) {
                PercentCoding.encode(text.substring(i, end), "", sent);
            } else {
                sent.append(c);
            }
            i = end;
        }
        return sent.toString();
    }

    static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
