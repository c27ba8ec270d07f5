package dev.latchkey.signing.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LivingBootsTest {

    private static final String SECRET = "a master secret of 32 characters";
    private static final Boot OWN = boot("own", "0", 100);

    private final BootKey ownKey = BootKey.derive(SECRET, OWN.id());
    private final LivingBoots living = new LivingBoots(SECRET, ownKey, Duration.ofSeconds(10));

    private static Boot boot(String replica, String digit, long startedAt) {
        return new Boot(replica, digit.repeat(32), startedAt, false);
    }

    private boolean isAlive(Boot boot) {
        BootKey key = living.withHeader(BootKey.header(boot.id()));
        assertThat(key == null || key.bootId().equals(boot.id())).isTrue();
        return key != null;
    }

    @Test
    void theOwnBootIsAliveWhateverIsAnnounced() {
        assertThat(isAlive(OWN)).isTrue();

        living.heard(boot("own", "1", 200), 1_000);
        living.heard(boot("other", "2", 200), 1_000_000);

        assertThat(isAlive(OWN)).isTrue();
        assertThat(living.withHeader(BootKey.header(OWN.id()))).isSameAs(ownKey);
    }

    @Test
    void whoIsHeardOfIsAliveAndWhoeverElseIsNot() {
        Boot other = boot("other", "1", 200);
        assertThat(isAlive(other)).isFalse();

        living.heard(other, 1_000);

        assertThat(isAlive(other)).isTrue();
        assertThat(isAlive(boot("other", "2", 200))).isFalse();
    }

    @Test
    void theNextBootOfAReplicaTakesThePlaceOfTheOneBeforeAndOfNoOther() {
        Boot before = boot("a", "1", 200);
        Boot neighbour = boot("b", "2", 200);
        Boot next = boot("a", "3", 300);
        living.heard(before, 1_000);
        living.heard(neighbour, 1_000);

        living.heard(next, 1_500);

        assertThat(isAlive(before)).isFalse();
        assertThat(isAlive(next)).isTrue();
        assertThat(isAlive(neighbour)).isTrue();

        living.heard(before, 1_600);

        assertThat(isAlive(before)).as("a late word of the boot before").isFalse();
        assertThat(isAlive(next)).isTrue();
    }

    @Test
    void silenceWhileOthersSpeakIsDeath() {
        Boot silent = boot("silent", "1", 200);
        Boot talker = boot("talker", "2", 200);
        living.heard(silent, 1_000);

        living.heard(talker, 11_000);
        assertThat(isAlive(silent)).as("at the limit").isTrue();

        living.heard(talker, 11_001);
        assertThat(isAlive(silent)).isFalse();
        assertThat(isAlive(talker)).isTrue();

        living.heard(silent, 12_000);
        assertThat(isAlive(silent)).as("it was only late").isTrue();
    }

    @Test
    void aFarewellEndsThatBootOnly() {
        Boot leaving = boot("a", "1", 200);
        Boot next = boot("a", "2", 300);
        living.heard(leaving, 1_000);
        living.heard(leaving.ending(), 1_100);
        assertThat(isAlive(leaving)).isFalse();

        living.heard(next, 1_200);
        living.heard(leaving.ending(), 1_300);
        assertThat(isAlive(next)).isTrue();
    }

    @Test
    void aFloodOfNamesFillsNoMemory() {
        for (int i = 0; i < 5_000; i++) {
            living.heard(new Boot("replica-" + i, "%032x".formatted(i), 200, false), 1_000);
        }

        assertThat(living.count()).isBetween(2, 1_001);
        assertThat(isAlive(OWN)).isTrue();
    }
}
