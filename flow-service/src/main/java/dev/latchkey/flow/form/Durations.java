package dev.latchkey.flow.form;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and writes lengths of time as the object that clients send: days, hours, minutes, seconds, milliseconds. */
public final class Durations {

    private static final Map<String, Long> MILLIS =
            Map.of("days", 86_400_000L, "hours", 3_600_000L, "minutes", 60_000L, "seconds", 1_000L, "milliseconds", 1L);
    private static final double LONGEST_MILLIS = 1e15;

    private Durations() {}

    /**
     * Returns the length of time that an object says.
     *
     * @throws IllegalArgumentException when it says none, or more than 30,000 years
     */
    public static Duration read(Map<?, ?> parts) {
        double millis = 0;
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("expected a length of time");
        }
        for (Map.Entry<?, ?> part : parts.entrySet()) {
            Long unit = part.getKey() instanceof String name ? MILLIS.get(name) : null;
            if (unit == null || !(part.getValue() instanceof Number amount)) {
                throw new IllegalArgumentException("expected days, hours, minutes, seconds and milliseconds");
            }
            millis += amount.doubleValue() * unit;
        }
        if (Double.isNaN(millis) || Math.abs(millis) > LONGEST_MILLIS) {
            throw new IllegalArgumentException("expected a shorter time");
        }
        return Duration.ofMillis(Math.round(millis));
    }

    /** Returns the object that says a length of time, to the millisecond. */
    public static Map<String, Object> write(Duration duration) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("hours", duration.toHours());
        parts.put("minutes", (long) duration.toMinutesPart());
        parts.put("seconds", (long) duration.toSecondsPart());
        if (duration.toMillisPart() != 0) {
            parts.put("milliseconds", (long) duration.toMillisPart());
        }
        return parts;
    }
}
