package dev.latchkey.auth;

import dev.latchkey.embedded.KafkaBroker;
import dev.latchkey.embedded.KafkaOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** A Kafka of its own for a test that takes it away: sets a field of the type {@code Consumer<Boolean>} that starts and stops it. */
public class BreakableKafka implements QuarkusTestResourceLifecycleManager {

    private Path home;
    private KafkaBroker broker;
    private int port;

    @Override
    public Map<String, String> start() {
        try {
            home = Files.createTempDirectory("latchkey-kafka-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = KafkaBroker.start(home, KafkaOptions.onFreePort());
        port = broker.port();
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public void inject(TestInjector injector) {
        Consumer<Boolean> running = this::run;
        injector.injectIntoFields(running, field -> field.getType() == Consumer.class);
    }

    private void run(boolean running) {
        if (running && broker == null) {
            broker = KafkaBroker.start(home, new KafkaOptions(port));
        } else if (!running && broker != null) {
            broker.close();
            broker = null;
        }
    }

    @Override
    public void stop() {
        run(false);
    }
}
