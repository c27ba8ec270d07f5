package dev.latchkey.flow.form;

/** Reads numbers that came as JSON. */
final class Numbers {

    private Numbers() {}

    /**
     * Returns a number as a whole one.
     *
     * @throws IllegalArgumentException when it is none of 64 bits
     */
    static long exactLong(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            return number.longValue();
        }
        double value = number.doubleValue();
        if (value != Math.rint(value) || Math.abs(value) > 0x1p53) {
            throw new IllegalArgumentException("not a whole number");
        }
        return (long) value;
    }

    /** Returns a number as people write it: whole ones without a point. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 0x1p53
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
