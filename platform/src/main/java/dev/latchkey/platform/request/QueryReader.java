package dev.latchkey.platform.request;

import dev.latchkey.platform.request.TargetResult.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a query as a form (WHATWG URL, {@code application/x-www-form-urlencoded}): {@code &} separates, the first {@code =}
 * ends the name, {@code +} is a space. Two things are stricter: what is not percent-encoded UTF-8 is refused instead of
 * replaced, and nothing between two separators is a pair without name and value instead of nothing.
 */
final class QueryReader {

    private QueryReader() {}

    /** @param rawQuery without its question mark */
    static List<String> split(String rawQuery) throws RefusedTargetException {
        requireQueryCharacters(rawQuery);
        List<String> pairs = new ArrayList<>();
        for (int start = 0; start <= rawQuery.length(); ) {
            int separator = rawQuery.indexOf('&', start);
            int end = separator < 0 ? rawQuery.length() : separator;
            pairs.add(rawQuery.substring(start, end));
            start = end + 1;
        }
        if (pairs.size() > RequestTarget.MAX_PARAMETERS) {
            throw new RefusedTargetException(Reason.TOO_MANY_PARAMETERS);
        }
        return List.copyOf(pairs);
    }

    static List<Parameter> read(List<String> rawPairs) throws RefusedTargetException {
        List<Parameter> parameters = new ArrayList<>(rawPairs.size());
        for (String pair : rawPairs) {
            int equals = pair.indexOf('=');
            parameters.add(
                    equals < 0
                            ? new Parameter(text(pair), "")
                            : new Parameter(text(pair.substring(0, equals)), text(pair.substring(equals + 1))));
        }
        return List.copyOf(parameters);
    }

    /**
     * Printable ASCII, which is more than RFC 3986 section 3.4 has: browsers send {@code [ ] { } | ^ \ `} as they are (WHATWG URL,
     * query percent-encode set), and none of them ends a query or a request line.
     */
    private static void requireQueryCharacters(String rawQuery) throws RefusedTargetException {
        for (int i = 0; i < rawQuery.length(); i++) {
            char c = rawQuery.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new RefusedTargetException(Reason.ILLEGAL_CHARACTER);
            }
        }
    }

    private static String text(String raw) throws RefusedTargetException {
        String text = PercentCoding.decode(raw, true);
        if (text.indexOf('\0') >= 0) {
            throw new RefusedTargetException(Reason.ENCODED_CONTROL);
        }
        return text;
    }
}
