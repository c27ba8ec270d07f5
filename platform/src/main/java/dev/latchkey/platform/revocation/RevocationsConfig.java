package dev.latchkey.platform.revocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an operator can set for services that follow revocations ({@code LATCHKEY_REVOCATIONS_…} in the environment). */
@ConfigMapping(prefix = "latchkey.revocations")
public interface RevocationsConfig {

    /** Whether the service follows revocations. Decided when it is built; here so that the start does not take it for a typing error. */
    @WithDefault("false")
    boolean follow();

    /**
     * How many revoked grants a service remembers, about 130 bytes each. With more of them at a time it asks auth-service for each
     * decision, until it is restarted.
     */
    @WithDefault("1000000")
    int mostRemembered();
}
