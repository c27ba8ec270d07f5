package dev.latchkey.flow.connector.check;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads {@code Retry-After} (RFC 9110 section 10.2.3): seconds or a date. */
final class RetryAfter {

    /** Nobody waits longer, whatever the remote says. */
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** @return how long to wait, at most {@link #LONGEST}; empty when that is nothing or cannot be read */
    static Optional<Duration> parse(String header, Instant now) {
        String text = header.strip();
        Optional<Duration> wait = text.matches("[0-9]+") ? seconds(text) : untilDate(text, now);
        return wait.filter(Duration::isPositive).map(given -> given.compareTo(LONGEST) > 0 ? LONGEST : given);
    }

    private static Optional<Duration> seconds(String digits) {
        return Optional.of(digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits)));
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            return Optional.of(Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
