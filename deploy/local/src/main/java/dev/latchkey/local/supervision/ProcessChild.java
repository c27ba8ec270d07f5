package dev.latchkey.local.supervision;

import dev.latchkey.embedded.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * A child that is a command with its own log file.
 *
 * @param name what it is called
 * @param command program and arguments
 * @param environment added to this JVM's own
 * @param log receives what the command prints; kept as {@code .1} once larger than 20 MB
 * @param ready whether the process of this id does its work
 * @param grace how long it may take to end in good order
 */
public record ProcessChild(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path log,
        LongPredicate ready,
        Duration grace)
        implements Child {
    private static final long LARGEST_LOG_BYTES = 20_000_000;
    private static final int LOOK_AT_LOG_SECONDS = 5;

    @Override
    public Running start() {
        try {
            var output = new LogFile(log, LARGEST_LOG_BYTES);
            output.turnOver();
            var builder = new ProcessBuilder(Commands.inOwnSession(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            return new Life(process, output, ready, grace);
        } catch (IOException e) {
            throw new StartException(name + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Leaves the environment out: it carries secrets. */
    @Override
    public String toString() {
        return "ProcessChild[" + name + "]";
    }

    private record Life(Process process, LogFile output, LongPredicate ready, Duration grace) implements Running {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void awaitEnd() throws InterruptedException {
            while (!process.waitFor(LOOK_AT_LOG_SECONDS, TimeUnit.SECONDS)) {
                try {
                    output.turnOver();
                } catch (IOException e) {
                    // A full disk, for instance; the child is worth more than its log, which is looked at again soon.
                    continue;
                }
            }
        }

        @Override
        public boolean isReady() {
            return process.isAlive() && ready.test(process.pid());
        }

        @Override
        public void stop() {
            process.destroy();
            try {
                if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
