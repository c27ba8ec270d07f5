package dev.latchkey.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path directory;

    @Test
    void aLargeLogIsTurnedOverWhileItIsWrittenTo() throws Exception {
        var file = directory.resolve("service.log");
        var log = new LogFile(file, 10);
        var writer = new ProcessBuilder("sh", "-c", "while read -r line; do echo \"$line\"; echo done >&2; done")
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
                .start();
        try (var pipe = writer.outputWriter();
                var written = writer.errorReader()) {
            say("the first large line", pipe, written);
            log.turnOver();
            say("the second large line", pipe, written);
            log.turnOver();
            say("third", pipe, written);
            log.turnOver();
        } finally {
            writer.destroy();
            writer.waitFor(5, TimeUnit.SECONDS);
        }

        assertThat(file).hasContent("third");
        assertThat(directory.resolve("service.log.1")).hasContent("the second large line");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    private static void say(String line, Writer pipe, BufferedReader written) throws Exception {
        pipe.write(line + "\n");
        pipe.flush();
        assertThat(written.readLine()).isEqualTo("done");
    }
}
