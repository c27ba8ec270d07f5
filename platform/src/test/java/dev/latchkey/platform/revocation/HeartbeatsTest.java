package dev.latchkey.platform.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatsTest {

    private static final Duration BOUND = Duration.ofSeconds(2);

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final Heartbeats heartbeats = new Heartbeats(BOUND, nanos::get);

    /** The time of the database, which agrees with no clock of this computer. */
    private Instant database = Instant.parse("2026-11-20T12:00:00Z");

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
        database = database.plusMillis(millis);
    }

    @Test
    void nothingHeardIsNotRecent() {
        assertThat(heartbeats.recent()).isFalse();
        assertThat(heartbeats.behind()).isGreaterThan(BOUND);
    }

    @Test
    void whatIsKnownIsRecentForTwoSecondsAfterAHeartbeat() {
        heartbeats.heard(database);
        pass(1999);
        assertThat(heartbeats.recent()).isTrue();
        pass(1);
        assertThat(heartbeats.recent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400_000, -3_600_000, 0, 3_600_000, 86_400_000})
    void clocksThatDisagreeByHoursMakeNoDifference(long skewMillis) {
        database = database.plusMillis(skewMillis);
        for (int i = 0; i < 10; i++) {
            pass(400);
            heartbeats.heard(database);
            assertThat(heartbeats.recent()).isTrue();
        }
        pass(2000);
        assertThat(heartbeats.recent()).isFalse();
    }

    @Test
    void aHeartbeatThatComesLateIsAsOldAsItIs() {
        heartbeats.heard(database);
        Instant said = database.plusMillis(400);
        pass(2400);
        heartbeats.heard(said);
        assertThat(heartbeats.behind().toMillis()).isBetween(1990L, 2010L);

        // As after the process was frozen: those that piled up come at once, and each is as old as it is.
        pass(10_000);
        heartbeats.heard(said.plusMillis(400));
        heartbeats.heard(said.plusMillis(800));
        assertThat(heartbeats.recent()).isFalse();
        heartbeats.heard(database);
        assertThat(heartbeats.recent()).isTrue();
    }

    @Test
    void whenTheFirstOneWasSlowTheQuickerOnesCorrectIt() {
        Instant said = database;
        pass(1500);
        heartbeats.heard(said);
        heartbeats.heard(database);
        pass(1990);
        assertThat(heartbeats.recent()).isTrue();
        pass(10);
        assertThat(heartbeats.recent()).isFalse();
    }

    @Test
    void clocksThatDriftApartAreFollowed() {
        for (int i = 0; i < 100_000; i++) {
            pass(400);
            // A fast clock of this computer: 100 parts in a million.
            nanos.addAndGet(40_000);
            heartbeats.heard(database);
        }
        assertThat(heartbeats.behind()).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void aClockSetBackLooksLateAndRecovers() {
        heartbeats.heard(database);
        database = database.minusSeconds(5);
        pass(400);
        heartbeats.heard(database);
        pass(1700);
        heartbeats.heard(database);
        assertThat(heartbeats.recent()).isFalse();
        for (int i = 0; i < 12_000; i++) {
            pass(400);
            heartbeats.heard(database);
        }
        assertThat(heartbeats.recent()).isTrue();
    }

    @Test
    void whatIsForgottenIsNotRecent() {
        heartbeats.heard(database);
        heartbeats.forget();
        assertThat(heartbeats.recent()).isFalse();
    }
}
