package dev.latchkey.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFilesTest {
    @TempDir
    Path directory;

    @Test
    void aProcessLeftBehindIsEnded() throws Exception {
        var process = new ProcessBuilder("sleep", "600").start();
        var files = new PidFiles(directory);
        files.write("left", ProcessIdentity.of(process.pid()).orElseThrow());

        files.endLeftOvers();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aProcessThatOnlyHasTheIdIsLeftAlone() throws Exception {
        var process = new ProcessBuilder("sleep", "600").start();
        try {
            var files = new PidFiles(directory);
            files.write("left", new ProcessIdentity(process.pid(), "1"));

            files.endLeftOvers();

            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aBrokenPidFileIsThrownAway() throws Exception {
        Files.writeString(directory.resolve("odd.pid"), "-1 nonsense and more");

        new PidFiles(directory).endLeftOvers();

        assertThat(directory).isEmptyDirectory();
    }
}
