package dev.latchkey.signing;

import dev.latchkey.embedded.KafkaBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives the service under test a real Kafka of its own, and somebody to ask in the place of auth-service. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    private KafkaBroker kafka;
    private AuthStandIn auth;

    @Override
    public Map<String, String> start() {
        kafka = KafkaBroker.ephemeral();
        auth = new AuthStandIn(kafka.bootstrapServers());
        return Map.of("kafka.bootstrap.servers", kafka.bootstrapServers(), "latchkey.services.auth-url", auth.url());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(auth, new TestInjector.MatchesType(AuthStandIn.class));
    }

    @Override
    public void stop() {
        if (auth != null) {
            auth.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
