package dev.latchkey.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One of the programs in {@code src/test/node}. It tells what happens in lines of JSON, {@code {"event": …}}, and is told to go
 * on in lines of text; everything it says is in the message when it fails.
 */
final class NodeProgram implements AutoCloseable {
    /** Tests run in the directory of their module. */
    static final Path DIRECTORY = Path.of("src/test/node").toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String END = "";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> said = new ArrayList<>();

    private NodeProgram(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    static NodeProgram start(String program, String... arguments) throws IOException {
        assertThat(DIRECTORY.resolve("node_modules"))
                .as("The JavaScript clients are missing. Get them: npm ci --prefix deploy/local/src/test/node")
                .isDirectory();
        var command =
                Stream.concat(Stream.of("node", program), Stream.of(arguments)).toList();
        try {
            return new NodeProgram(new ProcessBuilder(command)
                    .directory(DIRECTORY.toFile())
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new AssertionError("These tests need Node 20 or newer: sudo apt-get install nodejs npm", e);
        }
    }

    /** A file of the JavaScript packages. */
    static String packaged(String file) throws IOException {
        return Files.readString(DIRECTORY.resolve("node_modules").resolve(file));
    }

    /** Waits for the next thing that it tells, which has to be this. */
    JsonObject expect(String event) {
        var line = next();
        if (!line.startsWith("{")
                || !new JsonObject(line).getString("event", "").equals(event)) {
            process.destroyForcibly();
            fail("Expected \"" + event + "\". Node said:\n" + String.join("\n", said) + "\n" + remainder());
        }
        return new JsonObject(line);
    }

    void goOn(String line) throws IOException {
        var input = process.getOutputStream();
        input.write((line + "\n").getBytes(UTF_8));
        input.flush();
    }

    /** Waits until it ends, having found nothing wrong. */
    void expectEnd() throws InterruptedException {
        var ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        var output = String.join("\n", said) + "\n" + remainder();
        assertThat(ended).as("Node did not end. It said:\n%s", output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String next() {
        try {
            var line = lines.poll(PATIENCE.toNanos(), NANOSECONDS);
            if (line == null) {
                process.destroyForcibly();
                return fail("Node was silent for " + PATIENCE + ". Before, it said:\n" + String.join("\n", said));
            }
            said.add(line);
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(e);
        }
    }

    private String remainder() {
        var rest = new ArrayList<String>();
        for (var line = END; line != null; line = poll()) {
            rest.add(line);
        }
        return String.join("\n", rest);
    }

    private String poll() {
        try {
            return lines.poll(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void read() {
        try (var output = process.inputReader(UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add(e.toString());
        }
        lines.add(END);
    }
}
