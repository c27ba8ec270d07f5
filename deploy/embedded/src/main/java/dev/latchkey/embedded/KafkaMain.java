package dev.latchkey.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * A broker as a process: {@code KafkaMain <home> <port> [<port>:<advertised port> …]}, the latter as {@link KafkaOptions.Detour}.
 *
 * <p>Writes its process id to {@code <home>/ready} once it takes requests, and stops in good order on SIGTERM.
 */
public final class KafkaMain {
    private KafkaMain() {}

    /** Runs until the process is told to end; exits with 1 and a sentence when the broker does not start. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var home = Path.of(arguments[0]);
        var ready = readyFile(home);
        Files.deleteIfExists(ready);
        try {
            var detours = Arrays.stream(arguments)
                    .skip(2)
                    .map(KafkaOptions.Detour::parse)
                    .toList();
            var broker = KafkaBroker.start(home, new KafkaOptions(Integer.parseInt(arguments[1]), detours));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "kafka-end"));
            Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
        } catch (ServerStartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    /**
     * Whether the broker with this process id takes requests.
     *
     * @param home as given to the process
     * @param pid of the process
     */
    public static boolean saysReady(Path home, long pid) {
        try {
            return Files.readString(readyFile(home)).equals(Long.toString(pid));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path readyFile(Path home) {
        return home.resolve("ready");
    }
}
