package dev.latchkey.flow.secret;

import dev.latchkey.flow.FlowConfig;
import dev.latchkey.platform.secret.KeyRing;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the ring of keys that encrypts flows and entries. */
class Keys {

    /** Stops a start without keys, and not the first flow. */
    void check(@Observes @Priority(0) StartupEvent start, KeyRing ring) {
        ring.currentId();
    }

    @Produces
    @Singleton
    KeyRing ring(FlowConfig config) {
        return KeyRing.of(config.keys()
                .orElseThrow(() -> new IllegalStateException(
                        "Set LATCHKEY_FLOW_KEYS to 32 random bytes in base64 (openssl rand -base64 32); it encrypts the "
                                + "secrets of entries")));
    }
}
