package dev.latchkey.flow.connector.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        " 120 , PT2M",
        "3600, PT1H",
        "3601, PT1H",
        "99999999999999999999, PT1H",
        "'Fri, 20 Nov 2026 12:00:30 GMT', PT30S",
        "'Fri, 20 Nov 2099 12:00:00 GMT', PT1H",
    })
    void secondsAndDatesAreReadAndCappedAtAnHour(String header, Duration expected) {
        assertThat(RetryAfter.parse(header, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "1.5", "soon", "Fri, 20 Nov 2026 11:59:30 GMT", "7, 8", "٧"})
    void whatIsNoTimeToComeIsNoTime(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }
}
