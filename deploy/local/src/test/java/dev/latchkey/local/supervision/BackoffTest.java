package dev.latchkey.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void theWaitDoublesFromAQuarterOfASecondToFive() {
        var waits = IntStream.range(0, 7)
                .mapToObj(death -> backoff.afterLifeOf(Duration.ofSeconds(1)).toMillis());

        assertThat(waits).containsExactly(250L, 500L, 1_000L, 2_000L, 4_000L, 5_000L, 5_000L);
    }

    @Test
    void aHealthyWhileBeginsTheSeriesAnew() {
        IntStream.range(0, 5).forEach(death -> backoff.afterLifeOf(Duration.ZERO));

        assertThat(backoff.afterLifeOf(Duration.ofSeconds(30))).isEqualTo(Backoff.SHORTEST);
    }
}
