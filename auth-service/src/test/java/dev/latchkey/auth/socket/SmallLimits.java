package dev.latchkey.auth.socket;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Limits that a test reaches in seconds, and not while it opens a few connections on a slow machine. */
public class SmallLimits implements QuarkusTestProfile {

    static final int MOST_FROM_ONE_ADDRESS = 8;
    static final int MOST_STRANGERS_FROM_ONE_ADDRESS = 4;
    static final int MOST_STRANGERS = 6;
    static final int MOST_QUEUED = 64;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "latchkey.auth.socket.max-unauthenticated-connections-per-address",
                String.valueOf(MOST_STRANGERS_FROM_ONE_ADDRESS),
                "latchkey.auth.socket.max-unauthenticated-connections",
                String.valueOf(MOST_STRANGERS),
                "quarkus.http.idle-timeout",
                "1s",
                "latchkey.auth.socket.authentication-timeout",
                "PT3S",
                "latchkey.auth.socket.send-timeout",
                "PT1S",
                "latchkey.auth.socket.max-connections-per-address",
                String.valueOf(MOST_FROM_ONE_ADDRESS),
                "latchkey.auth.socket.max-queued-messages",
                String.valueOf(MOST_QUEUED),
                "quarkus.websockets-next.server.auto-ping-interval",
                "200ms");
    }
}
