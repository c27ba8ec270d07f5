package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private final RetryPolicy policy = new RetryPolicy(Duration.ofHours(1));

    @Test
    void waitsDoubleFromFiveSecondsToTenMinutes() {
        List<Long> seconds = IntStream.range(0, 10)
                .mapToObj(n -> policy.wait(n, null, 0).minusMillis(50).toSeconds())
                .toList();

        assertThat(seconds).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L);
        assertThat(policy.wait(Integer.MAX_VALUE, null, 0)).isEqualTo(Duration.ofMillis(600_050));
    }

    @Test
    void theFirstWaitIsSpreadFromFiveAndATwentiethToFiveAndAHalfSeconds() {
        assertThat(policy.wait(0, null, 0)).isEqualTo(Duration.ofMillis(5_050));
        assertThat(policy.wait(0, null, Math.nextDown(1.0)))
                .isBetween(Duration.ofMillis(5_499), Duration.ofMillis(5_500));
    }

    @Test
    void aRemoteCanDemandALongerWaitButNoShorterOne() {
        assertThat(policy.wait(0, Duration.ofSeconds(90), 0)).isEqualTo(Duration.ofMillis(90_050));
        assertThat(policy.wait(3, Duration.ofSeconds(1), 0)).isEqualTo(Duration.ofMillis(40_050));
        assertThat(policy.wait(0, Duration.ofSeconds(-5), 0)).isEqualTo(Duration.ofMillis(5_050));
    }

    @Test
    void noRemoteCanPutAnEntryOffForLongerThanIsAllowed() {
        assertThat(policy.wait(0, Duration.ofDays(365), 0))
                .isEqualTo(Duration.ofHours(1).plusMillis(50));
    }
}
