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

    /** Everything was read that was said before this moment. */
    private boolean hear(Instant said) {
        return heartbeats.heard(said, nanos.get());
    }

    @Test
    void nothingHeardIsNotRecent() {
        assertThat(heartbeats.recent()).isFalse();
        assertThat(heartbeats.behind()).isGreaterThan(BOUND);
    }

    @Test
    void whatIsKnownIsRecentForTwoSecondsAfterAHeartbeat() {
        hear(database);
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
            hear(database);
            assertThat(heartbeats.recent()).isTrue();
        }
        pass(2000);
        assertThat(heartbeats.recent()).isFalse();
    }

    @Test
    void aHeartbeatThatComesLateIsAsOldAsItIs() {
        hear(database);
        Instant said = database.plusMillis(400);
        pass(2400);
        hear(said);
        assertThat(heartbeats.behind().toMillis()).isBetween(1990L, 2010L);

        // As after the process was frozen: those that piled up come at once, and each is as old as it is.
        pass(10_000);
        hear(said.plusMillis(400));
        hear(said.plusMillis(800));
        assertThat(heartbeats.recent()).isFalse();
        hear(database);
        assertThat(heartbeats.recent()).isTrue();
    }

    @Test
    void whenTheFirstOneWasSlowTheQuickerOnesCorrectIt() {
        Instant said = database;
        pass(1500);
        hear(said);
        hear(database);
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
            hear(database);
        }
        assertThat(heartbeats.behind()).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void aFirstOneThatMayHaveBeenSaidLongAgoSaysNothing() {
        long readUpTo = nanos.get();
        Instant said = database;
        pass(1001);
        assertThat(heartbeats.heard(said, readUpTo)).isFalse();
        assertThat(heartbeats.recent()).isFalse();

        assertThat(heartbeats.heard(database, nanos.get() - 1)).isTrue();
        assertThat(heartbeats.recent()).isTrue();
    }

    @Test
    void aClockSetBackLooksLateForTenSecondsAndIsThenTheMeasure() {
        long readUpTo = nanos.get();
        hear(database);
        database = database.minusSeconds(5);
        int unsure = 0;
        for (int i = 0; i < 60; i++) {
            pass(500);
            // What is there to be read is looked for again only when that is asked for.
            if (!heartbeats.heard(database, readUpTo)) {
                readUpTo = nanos.get();
            }
            unsure += heartbeats.recent() ? 0 : 1;
        }
        assertThat(heartbeats.recent()).isTrue();
        assertThat(unsure).isBetween(17, 23);
        pass(2000);
        assertThat(heartbeats.recent()).isFalse();
    }

    @Test
    void whatPilesUpDuringALongSilenceIsAsOldAsItIs() {
        hear(database);
        Instant said = database.plusMillis(400);
        pass(Duration.ofDays(1).toMillis());
        hear(said);
        assertThat(heartbeats.recent()).isFalse();
        assertThat(heartbeats.behind()).isGreaterThan(Duration.ofHours(23));
        Instant lessLate = database.minusMillis(2200);
        hear(lessLate);
        assertThat(heartbeats.recent()).isFalse();
    }

    @Test
    void whatIsForgottenIsNotRecent() {
        hear(database);
        heartbeats.forget();
        assertThat(heartbeats.recent()).isFalse();
    }
}
