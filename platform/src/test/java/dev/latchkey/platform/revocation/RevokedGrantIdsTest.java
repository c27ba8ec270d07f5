package dev.latchkey.platform.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is remembered of revoked grants, and for how long. */
class RevokedGrantIdsTest {

    private static final int MANY = 50_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    private static List<String> ids(int seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.generate(() -> "%016x%016x".formatted(random.nextLong(), random.nextLong()))
                .limit(count)
                .toList();
    }

    private static void revoke(RevokedGrantIds revoked, String id, Duration remembered) {
        revoked.add(new Revocation(id, "u", "token_revoked", START, Map.of(id, START.plus(remembered))));
    }

    @Test
    void everyRevokedGrantIsFoundHoweverManyThereAreAndNoOtherOne() {
        RevokedGrantIds revoked = new RevokedGrantIds(MANY, clock);
        for (String id : ids(1, MANY)) {
            assertThat(revoked.contains(id)).isFalse();
            revoke(revoked, id, Duration.ofHours(1));
            assertThat(revoked.contains(id)).isTrue();
        }

        assertThat(ids(1, MANY)).allMatch(revoked::contains);
        assertThat(ids(2, MANY)).noneMatch(revoked::contains);
    }

    @Test
    void aClockThatWasAheadAndIsSetBackMakesMemoryUnreliableUntilItIsToldEverythingAgain() {
        RevokedGrantIds revoked = new RevokedGrantIds(MANY, clock);
        revoke(revoked, "g", Duration.ofMinutes(30));
        now.set(START.plus(Duration.ofHours(2)));
        revoked.forgetExpired();
        assertThat(revoked.contains("g")).isFalse();
        assertThat(revoked.reliable()).isTrue();

        now.set(START.plus(Duration.ofMinutes(1)));
        assertThat(revoked.reliable()).isFalse();

        revoked.startOver();
        revoke(revoked, "g", Duration.ofMinutes(30));
        assertThat(revoked.reliable()).isTrue();
        assertThat(revoked.contains("g")).isTrue();
    }

    @Test
    void whatIsSkippedByAClockThatIsAheadCountsAsForgotten() {
        RevokedGrantIds revoked = new RevokedGrantIds(MANY, clock);
        now.set(START.plus(Duration.ofHours(2)));
        revoke(revoked, "g", Duration.ofMinutes(30));
        assertThat(revoked.contains("g")).isFalse();

        now.set(START);

        assertThat(revoked.reliable()).isFalse();
    }

    @Test
    void aClockThatIsCorrectedByALittleChangesNothing() {
        RevokedGrantIds revoked = new RevokedGrantIds(MANY, clock);
        assertThat(revoked.reliable()).isTrue();
        now.set(START.plus(Duration.ofMinutes(5)));
        revoked.forgetExpired();

        now.set(START.plus(Duration.ofMinutes(5)).minusSeconds(20));

        assertThat(revoked.reliable()).isTrue();
    }

    @Test
    void whatIsForgottenLeavesTheRestAsItWas() {
        RevokedGrantIds revoked = new RevokedGrantIds(MANY, clock);
        List<String> brief = ids(1, 10_000);
        List<String> lasting = ids(2, 10_000);
        brief.forEach(id -> revoke(revoked, id, Duration.ofMinutes(1)));
        lasting.forEach(id -> revoke(revoked, id, Duration.ofHours(1)));

        now.set(START.plus(Duration.ofMinutes(5)));
        revoked.forgetExpired();

        assertThat(brief).noneMatch(revoked::contains);
        assertThat(lasting).allMatch(revoked::contains);
        assertThat(revoked.size()).isEqualTo(lasting.size());
    }

    @Test
    void moreThanMayBeRememberedIsSaid() {
        RevokedGrantIds revoked = new RevokedGrantIds(2, clock);
        ids(1, 2).forEach(id -> revoke(revoked, id, Duration.ofHours(1)));
        assertThat(revoked.tooMany()).isFalse();

        revoke(revoked, "one more", Duration.ofHours(1));

        assertThat(revoked.tooMany()).isTrue();
    }

    @Test
    void theFilterTellsMostOthersApart() {
        IdFilter filter = new IdFilter(MANY);
        ids(1, MANY).forEach(filter::add);

        assertThat(ids(1, MANY)).allMatch(filter::mayContain);
        assertThat(ids(2, MANY).stream().filter(filter::mayContain).count()).isLessThan(MANY / 10);
        assertThat(filter.room()).isGreaterThanOrEqualTo(MANY);
    }
}
