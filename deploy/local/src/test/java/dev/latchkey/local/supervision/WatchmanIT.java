package dev.latchkey.local.supervision;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchmanIT {
    private Process watched;
    private Process forgotten;

    @BeforeEach
    void startProcesses() throws IOException {
        watched = new ProcessBuilder("sleep", "600").start();
        forgotten = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void endProcesses() {
        watched.destroyForcibly();
        forgotten.destroyForcibly();
    }

    @Test
    void whatIsWatchedEndsWhenThePipeCloses() throws Exception {
        var watchman = new Watchman();
        watchman.watch("watched", ProcessIdentity.of(watched.pid()).orElseThrow());
        watchman.watch("forgotten", ProcessIdentity.of(forgotten.pid()).orElseThrow());
        watchman.forget("forgotten");

        watchman.close();

        assertThat(watched.waitFor(5, SECONDS)).isTrue();
        assertThat(forgotten.isAlive()).isTrue();
    }

    @Test
    void aProcessThatOnlyHasTheIdIsLeftAlone() throws Exception {
        var watchman = new Watchman();
        watchman.watch("other", new ProcessIdentity(forgotten.pid(), "1"));
        watchman.watch("watched", ProcessIdentity.of(watched.pid()).orElseThrow());

        watchman.close();

        assertThat(watched.waitFor(5, SECONDS)).isTrue();
        assertThat(forgotten.isAlive()).isTrue();
    }

    @Test
    void aKilledWatchmanIsReplacedByOneThatKnowsAsMuch() throws Exception {
        var watchman = new Watchman();
        watchman.watch("watched", ProcessIdentity.of(watched.pid()).orElseThrow());
        var first = watchman.pid();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        await().until(() -> watchman.pid() != first);

        watchman.close();

        assertThat(watched.waitFor(5, SECONDS)).isTrue();
    }
}
