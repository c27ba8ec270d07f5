package dev.latchkey.auth.authorize;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a query as {@code application/x-www-form-urlencoded}, read strictly: what cannot be decoded without loss is
 * refused, so that a value can be given back exactly as it came.
 */
final class QueryParameters {

    /** Thrown for a query that cannot be decoded. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    private final Map<String, List<String>> values;

    private QueryParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads a query.
     *
     * @param raw what follows the {@code ?}, still encoded; null when there is none
     * @throws MalformedException when a percent sign stands alone or the octets are no UTF-8
     */
    static QueryParameters read(String raw) throws MalformedException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                values.computeIfAbsent(name, unseen -> new ArrayList<>()).add(value);
            }
        }
        return new QueryParameters(values);
    }

    /** Tells whether a parameter occurs more than once (RFC 6749 section 3.1 forbids it). */
    boolean repeats(String name) {
        return values.getOrDefault(name, List.of()).size() > 1;
    }

    /** Returns the value of a parameter; null when it is absent or empty, which mean the same (RFC 6749 section 3.1). */
    String get(String name) {
        List<String> found = values.getOrDefault(name, List.of());
        return found.isEmpty() || found.getFirst().isEmpty() ? null : found.getFirst();
    }

    private static String decode(String encoded) throws MalformedException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                octets.write(octet(encoded, i + 1));
                i += 2;
            } else if (c > 0x7e) {
                throw new MalformedException("an octet is not encoded");
            } else {
                octets.write(c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("not UTF-8");
        }
    }

    private static int octet(String encoded, int at) throws MalformedException {
        int high = at + 1 < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(encoded.charAt(at + 1), 16);
        if (low < 0) {
            throw new MalformedException("a percent sign stands alone");
        }
        return high << 4 | low;
    }
}
