package dev.latchkey.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.supervision.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says, as it says it. */
@Timeout(180)
class ReadmeTourIT {
    private static final Path README = Path.of("../../README.md");
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String END_OF_BLOCK = "--- end of block ---";

    @TempDir
    Path home;

    @Test
    void theTourLeadsWhereItSaysAndCtrlCLeavesNothing() throws Exception {
        try (var run = LocalRun.platform(home, Map.of())) {
            var printed = tour(run);

            assertThat(printed).hasSize(8);
            assertThat(printed.get(0)).startsWith("{\"auth_code\":\"");
            assertThat(run.get(printed.get(1).strip().substring(run.url().length())))
                    .contains("<title>Sign in");
            assertThat(printed.get(2)).isEmpty();
            assertThat(printed.get(3)).isEqualTo("{\"message\":\"API running.\"}\n");
            assertThat(printed.get(4)).isEqualTo("{\"message\":\"API running.\"}\n");
            assertThat(printed.get(5)).contains("\"iss\":\"" + run.url() + "\"", "{\"keys\":[{");
            assertThat(printed.get(6))
                    .matches("(?s)Hello from Latchkey\\.\n\\{\"message\":\"This link does not work any more\\..*\"}\n");
            assertThat(printed.get(7))
                    .isEqualTo("200\n{\"message\":\"Unauthorized\"}\n{\"message\":\"Unauthorized\"}\n");

            var processes = run.everyProcess();
            interrupt(run);
            assertThat(run.launcher().waitFor(10, SECONDS)).isTrue();
            assertThat(processes)
                    .noneMatch(process -> process.isAlive()
                            && ProcessIdentity.of(process.pid()).isPresent());
            assertThat(home.resolve("run")).isDirectoryNotContaining("glob:**.{pid,url}");
        }
    }

    /** What each block of the tour prints, in one shell as when a person pastes them one after the other. */
    private List<String> tour(LocalRun run) throws Exception {
        var readme = Files.readString(README);
        var tour = readme.substring(readme.indexOf("## A tour"));
        tour = tour.substring(0, tour.indexOf("\n## "));
        var script = new StringBuilder();
        for (var block = BLOCK.matcher(tour); block.find(); ) {
            script.append(block.group(1))
                    .append("printf '%s' '")
                    .append(END_OF_BLOCK)
                    .append("'\n");
        }
        var here = script.toString()
                .replace("127.0.0.1:8123", "127.0.0.1:" + run.port())
                .replace("127.0.0.1%3A8123", "127.0.0.1%3A" + run.port());
        var errors = home.resolve("tour-errors.txt");
        var shell = new ProcessBuilder("sh", "-u", "-c", here)
                .redirectError(errors.toFile())
                .start();
        var printed = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(Files.readString(errors)).isZero();
        assertThat(errors).isEmptyFile();
        var blocks = new ArrayList<>(List.of(printed.split(END_OF_BLOCK, -1)));
        blocks.removeLast();
        return blocks;
    }

    /** What Ctrl-C sends; a shell that runs these tests in the background has them ignore it and would send TERM. */
    private static void interrupt(LocalRun run) throws Exception {
        var status = Path.of("/proc", Long.toString(run.launcher().pid()), "status");
        var ignored = Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        var kill = List.of(
                "kill",
                "-s",
                ignored ? "TERM" : "INT",
                Long.toString(run.launcher().pid()));
        assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
    }
}
