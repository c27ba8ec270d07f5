package dev.latchkey.platform.request;

import dev.latchkey.platform.request.TargetResult.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of UTF-8 (RFC 3986 section 2.1 and 2.5): undone strictly, done in one way only. */
final class PercentCoding {

    static final String UNRESERVED_MARKS = "-._~";

    private static final String UPPER_HEX = "0123456789ABCDEF";

    private PercentCoding() {}

    /**
     * @param text ASCII only
     * @param plusIsSpace whether {@code +} stands for a space
     */
    static String decode(String text, boolean plusIsSpace) throws RefusedTargetException {
        if (text.indexOf('%') < 0) {
            return plusIsSpace ? text.replace('+', ' ') : text;
        }
        ByteBuffer octets = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                octets.put((byte) (c == '+' && plusIsSpace ? ' ' : c));
                continue;
            }
            int octet = octetAt(text, i);
            if (octet < 0) {
                throw new RefusedTargetException(Reason.BAD_ESCAPE);
            }
            octets.put((byte) octet);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedTargetException(Reason.NOT_UTF8);
        }
    }

    /** @return the octet that the three characters from {@code at} stand for, or -1 when they are no escape */
    static int octetAt(String text, int at) {
        if (text.charAt(at) != '%' || at + 2 >= text.length()) {
            return -1;
        }
        int high = hexDigit(text.charAt(at + 1));
        int low = hexDigit(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** @param kept the ASCII characters that are written as they are, besides letters and digits */
    static void encode(String text, String kept, StringBuilder out) {
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int value = octet & 0xff;
            if (isAlphanumeric(value) || kept.indexOf(value) >= 0) {
                out.append((char) value);
            } else {
                out.append('%').append(UPPER_HEX.charAt(value >> 4)).append(UPPER_HEX.charAt(value & 0xf));
            }
        }
    }

    static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** {@link Character#digit(char, int)} would take digits of other scripts too. */
    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
