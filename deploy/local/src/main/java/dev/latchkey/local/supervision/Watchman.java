package dev.latchkey.local.supervision;

import dev.latchkey.embedded.Commands;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Ends the children when this JVM is killed.
 *
 * <p>It is a small shell process that reads from a pipe. However the JVM ends, the kernel closes the pipe, and the
 * shell then ends every process it was told of. Should the shell itself die, another one takes its place.
 */
public final class Watchman implements AutoCloseable {
    private final Map<String, ProcessIdentity> watched = new LinkedHashMap<>();
    private Process shell;
    private Writer pipe;
    private boolean closed;

    /**
     * Starts the shell.
     *
     * @throws StartException when there is no shell to start
     */
    public Watchman() {
        startShell();
    }

    /** Has the process ended with this JVM; replaces what was known under the name. */
    public synchronized void watch(String name, ProcessIdentity process) {
        watched.put(name, process);
        send("+ " + name + " " + process + "\n");
    }

    /** Forgets the process of this name. */
    public synchronized void forget(String name) {
        watched.remove(name);
        send("- " + name + "\n");
    }

    /** The id of the shell process. */
    public synchronized long pid() {
        return shell.pid();
    }

    /** Lets the shell go; whatever is still watched ends. */
    @Override
    public synchronized void close() {
        closed = true;
        closePipe();
    }

    private void send(String line) {
        try {
            pipe.write(line);
            pipe.flush();
        } catch (IOException e) {
            // The shell is gone; its successor, started on its exit, is told everything.
            closePipe();
        }
    }

    private synchronized void replaceShell() {
        if (closed) {
            return;
        }
        closePipe();
        startShell();
        watched.forEach((name, process) -> send("+ " + name + " " + process + "\n"));
    }

    private void startShell() {
        try {
            shell = new ProcessBuilder(Commands.inOwnSession(List.of("sh", "-c", script())))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            pipe = shell.outputWriter(StandardCharsets.UTF_8);
            shell.onExit().thenRun(this::replaceShell);
        } catch (IOException e) {
            throw new StartException(
                    "The process that watches over the others could not be started: " + e.getMessage(), e);
        }
    }

    private void closePipe() {
        try {
            pipe.close();
        } catch (IOException e) {
            // Closing flushes, which fails when the reader has gone; the descriptor is closed all the same.
            Objects.requireNonNull(e);
        }
    }

    private static String script() throws IOException {
        try (var script = Watchman.class.getResourceAsStream("/watchman.sh")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
