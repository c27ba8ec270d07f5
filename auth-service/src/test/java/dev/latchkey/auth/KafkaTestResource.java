package dev.latchkey.auth;

import dev.latchkey.embedded.KafkaBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives the service under test a real Kafka. All starts of the service in one run of the tests share it, because a broker takes
 * seconds to start and nobody minds the events of others: every id in them is unique.
 */
public class KafkaTestResource implements QuarkusTestResourceLifecycleManager {

    private static final String SHARED = "latchkey.test.kafka";

    @Override
    public Map<String, String> start() {
        String bootstrapServers = System.getProperty(SHARED);
        if (bootstrapServers == null) {
            // Ends with this JVM. The class may be loaded several times, system properties are there once.
            bootstrapServers = KafkaBroker.ephemeral().bootstrapServers();
            System.setProperty(SHARED, bootstrapServers);
        }
        return Map.of("kafka.bootstrap.servers", bootstrapServers);
    }

    @Override
    public void stop() {}
}
