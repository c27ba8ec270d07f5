package dev.latchkey.auth.entry;

import dev.latchkey.embedded.Loopback;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A start of the service that knows where flow-service would be: where a test may start a {@link FakeFlowService}. */
public class WithFlowService implements QuarkusTestProfile {

    private static final String PORT = "latchkey.test.flow-service";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("latchkey.services.flow-url", "http://127.0.0.1:" + port());
    }

    /** The same for all tests of a run; the class may be loaded several times, system properties are there once. */
    static synchronized int port() {
        String port = System.getProperty(PORT);
        if (port == null) {
            port = Integer.toString(Loopback.freePorts(1).getFirst());
            System.setProperty(PORT, port);
        }
        return Integer.parseInt(port);
    }
}
