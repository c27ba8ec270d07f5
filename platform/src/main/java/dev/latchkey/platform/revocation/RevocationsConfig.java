package dev.latchkey.platform.revocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator can set for services that follow revocations ({@code LATCHKEY_REVOCATIONS_…} in the environment). */
@ConfigMapping(prefix = "latchkey.revocations")
public interface RevocationsConfig {

    /**
     * How many revoked grants a service remembers, about 130 bytes each. With more of them at a time it asks auth-service for each
     * decision, until it is restarted.
     */
    @WithDefault("1000000")
    int mostRemembered();
}
