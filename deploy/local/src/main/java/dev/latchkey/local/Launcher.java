package dev.latchkey.local;

import dev.latchkey.embedded.ServerStartException;
import dev.latchkey.local.supervision.StartException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the whole platform on this machine until it is told to end; {@code ./latchkey up} calls it.
 *
 * <p>Exits with 1 and a sentence on standard error when the platform does not come up.
 */
public final class Launcher {
    private Launcher() {}

    /** Reads everything from the environment; the system property {@code latchkey.checkout} says where the services are. */
    public static void main(String[] arguments) throws InterruptedException {
        var checkout = Path.of(System.getProperty("latchkey.checkout", "."))
                .toAbsolutePath()
                .normalize();
        run(checkout, ServiceDefinition.all(checkout));
    }

    /**
     * Runs a platform made of the given services; returns only by ending the JVM.
     *
     * @param checkout the default home is {@code .latchkey} in here
     * @param services what to run beside PostgreSQL and Kafka
     */
    static void run(Path checkout, List<ServiceDefinition> services) throws InterruptedException {
        try {
            var settings = LaunchSettings.from(System.getenv(), checkout);
            Platform.start(settings, services, Launcher::tell);
            tell("Latchkey is ready at " + settings.publicUrl());
        } catch (StartException | ServerStartException e) {
            System.err.println("latchkey: " + e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    private static void tell(String sentence) {
        System.out.println(sentence);
    }
}
