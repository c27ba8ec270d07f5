package dev.latchkey.flow.secret;

import dev.latchkey.flow.FlowConfig;
import dev.latchkey.platform.secret.KeyRing;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the ring of keys that encrypts flows and entries. */
class Keys {

    @Produces
    @Singleton
    KeyRing ring(FlowConfig config) {
        return KeyRing.of(config.keys()
                .orElseThrow(() -> new IllegalStateException(
                        "Set LATCHKEY_FLOW_KEYS to 32 random bytes in base64 (openssl rand -base64 32); it encrypts the "
                                + "secrets of entries")));
    }
}
