package dev.latchkey.flow.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.ConfigurationError;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.Life;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** States and what leads from one to another ({@code spec/flows.md} 4.2, decision F7). */
class LifeCycleTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(600);
    private static final Duration PROBE = Duration.ofMinutes(5);

    private final LifeCycle lives = new LifeCycle(new RetryPolicy(Duration.ofHours(1)), Duration.ofHours(1));

    private final Life fresh = Life.waiting(NOW, null);
    private final Life loaded = new Life(EntryState.LOADED, null, 0, NOW, null, false);

    @Test
    void anEntryThatWorksIsLoadedAndProbedAfterItsInterval() {
        Life life = tried(new Life(EntryState.SETUP_IN_PROGRESS, "x", 4, NOW, EARLIER, true), new Loaded());

        assertThat(life).isEqualTo(new Life(EntryState.LOADED, null, 0, NOW.plus(PROBE), null, false));
    }

    @Test
    void probesAreSpreadOverAFifthOfTheirInterval() {
        assertThat(lives.tried(fresh, new Loaded(), PROBE, NOW, 0).dueAt()).isEqualTo(NOW.plusSeconds(270));
        assertThat(lives.tried(fresh, new Loaded(), PROBE, NOW, Math.nextDown(1.0))
                        .dueAt())
                .isBetween(NOW.plusMillis(329_999), NOW.plusSeconds(330));
    }

    @Test
    void anEntryThatIsNotProbedIsLeftAlone() {
        assertThat(lives.tried(fresh, new Loaded(), Duration.ZERO, NOW, 0.5).dueAt())
                .isNull();
    }

    @Test
    void anEntryThatIsNotReadyIsTriedAgainAndAgain() {
        Life once = tried(fresh, new NotReady("device offline"));
        Life twice = tried(lives.begun(once), new NotReady(""));

        assertThat(once.state()).isEqualTo(EntryState.SETUP_RETRY);
        assertThat(once.reason()).isEqualTo("device offline");
        assertThat(once.dueAt()).isBetween(NOW.plusMillis(5_050), NOW.plusMillis(5_500));
        assertThat(twice.reason()).isNull();
        assertThat(twice.tries()).isEqualTo(2);
        assertThat(twice.dueAt()).isBetween(NOW.plusMillis(10_050), NOW.plusMillis(10_500));
    }

    @Test
    void theCountOfTriesBeginsAnewOnceItWorked() {
        Life worked = tried(tried(fresh, new NotReady("x")), new Loaded());

        assertThat(tried(worked, new NotReady("x")).dueAt()).isBefore(NOW.plusSeconds(6));
    }

    @Test
    void refusedCredentialsAreAnErrorThatIsTriedAgainOnlyRarely() {
        Life life = tried(loaded, new AuthenticationFailed("token revoked"));

        assertThat(life)
                .isEqualTo(new Life(
                        EntryState.SETUP_ERROR, "token revoked", 0, NOW.plus(Duration.ofHours(1)), NOW, false));
        assertThat(tried(loaded, new AuthenticationFailed(" ")).reason()).isEqualTo("could not authenticate");
    }

    @Test
    void sinceWhenCredentialsAreRefusedIsKeptUntilTheyWork() {
        Life refused = tried(loaded, new AuthenticationFailed(null));
        Life offline = lives.tried(refused, new NotReady(null), PROBE, NOW.plusSeconds(60), 0.5);
        Life again = lives.tried(offline, new AuthenticationFailed(null), PROBE, NOW.plusSeconds(90), 0.5);

        assertThat(again.refusedSince()).isEqualTo(NOW);
        assertThat(tried(again, new Loaded()).refusedSince()).isNull();
    }

    @Test
    void anOutageIsNoRefusal() {
        assertThat(tried(loaded, new NotReady("502")).refusedSince()).isNull();
    }

    @Test
    void whatCannotWorkIsAnErrorThatIsNotTriedAgain() {
        Life life = tried(fresh, new ConfigurationError(null));

        assertThat(life)
                .isEqualTo(new Life(EntryState.SETUP_ERROR, "Unknown fatal config entry error", 0, null, null, false));
    }

    @Test
    void aLoadedEntryStaysLoadedWhileItIsProbed() {
        assertThat(lives.begun(loaded)).isEqualTo(loaded);
        assertThat(lives.begun(fresh).state()).isEqualTo(EntryState.SETUP_IN_PROGRESS);
        assertThat(lives.begun(tried(fresh, new NotReady("x"))).state()).isEqualTo(EntryState.SETUP_IN_PROGRESS);
    }

    @Test
    void whatIsTakenDownIsNotTriedByItself() {
        assertThat(lives.unloading(loaded))
                .isEqualTo(new Life(EntryState.UNLOAD_IN_PROGRESS, null, 0, null, null, false));
        assertThat(lives.unloaded(tried(fresh, new NotReady("x"))))
                .isEqualTo(new Life(EntryState.NOT_LOADED, null, 0, null, null, false));
        assertThat(lives.notUnloaded(loaded, "Unload failed"))
                .isEqualTo(new Life(EntryState.FAILED_UNLOAD, "Unload failed", 0, null, null, false));
    }

    private Life tried(Life life, SetUpOutcome outcome) {
        return lives.tried(life, outcome, PROBE, NOW, 0.5);
    }
}
