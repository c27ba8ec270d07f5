package dev.latchkey.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.local.supervision.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A launcher in a JVM of its own, with a home and a port of its own. */
public final class LocalRun implements AutoCloseable {
    /** Tests run in the directory of their module. */
    static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

    private final Path home;
    private final int port;
    private final Path output;
    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private LocalRun(Path home, int port, Path output, Process process) {
        this.home = home;
        this.port = port;
        this.output = output;
        this.process = process;
    }

    /** Starts a launcher with the stand-in as its only service, without waiting for it. */
    static LocalRun launch(Path home, int port, Map<String, String> environment) throws IOException {
        return launch(StandInLauncher.class, home, port, environment);
    }

    private static LocalRun launch(Class<?> main, Path home, int port, Map<String, String> environment)
            throws IOException {
        var output = Files.createTempFile("latchkey-run", ".txt");
        var program = List.of("-cp", System.getProperty("java.class.path"), main.getName());
        var builder = new ProcessBuilder(Jvm.command(List.of("-Xmx256m", "-Dlatchkey.checkout=" + CHECKOUT), program))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LATCHKEY_HOME", home.toString());
        builder.environment().put("LATCHKEY_PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        return new LocalRun(home, port, output, builder.start());
    }

    /** Starts a launcher with the stand-in and waits until it says that it is ready. */
    static LocalRun ready(Path home) throws IOException {
        return ready(home, Map.of());
    }

    static LocalRun ready(Path home, Map<String, String> environment) throws IOException {
        return untilReady(launch(home, Loopback.freePort(), environment));
    }

    /** Starts the whole platform, with the services as they were packaged, and waits until it says that it is ready. */
    public static LocalRun platform(Path home, Map<String, String> environment) throws IOException {
        return untilReady(launch(Launcher.class, home, Loopback.freePort(), environment));
    }

    /** Ends one of its processes as a crash would, and says who that was. */
    public ProcessIdentity kill(String name) {
        var victim = process(name).orElseThrow(() -> new IllegalStateException(name + " does not run"));
        victim.handle().orElseThrow().destroyForcibly();
        return victim;
    }

    private static LocalRun untilReady(LocalRun run) {
        await().atMost(Duration.ofSeconds(180)).until(() -> {
            if (!run.process.isAlive()) {
                throw new IllegalStateException(run.output());
            }
            return run.output().contains("Latchkey is ready at http://127.0.0.1:" + run.port + "\n");
        });
        return run;
    }

    int port() {
        return port;
    }

    /** Where clients reach it, without a final slash. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Where one of its processes is reached directly, without a final slash. */
    public String url(String part) throws IOException {
        return Files.readString(home.resolve("run").resolve(part + ".url")).strip();
    }

    Process launcher() {
        return process;
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body, or the status when it is not 200. */
    String get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : Integer.toString(answer.statusCode());
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    public Optional<ProcessIdentity> process(String name) {
        try {
            return ProcessIdentity.parse(Files.readString(home.resolve("run").resolve(name + ".pid")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The launcher, its children and theirs. */
    List<ProcessHandle> everyProcess() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(15, SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(output);
    }
}
