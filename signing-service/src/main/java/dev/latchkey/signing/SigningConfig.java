package dev.latchkey.signing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator can set for signing-service ({@code LATCHKEY_SIGNING_…} in the environment). */
@ConfigMapping(prefix = "latchkey.signing")
public interface SigningConfig {

    /**
     * At least 32 random characters, the same for every replica, from which the keys of links are derived. Required in
     * production; elsewhere every start draws its own, and replicas do not know each other's links.
     */
    Optional<String> masterSecret();

    /**
     * At least 32 random characters by which gateways prove that they are one, in the header `X-Latchkey-Gateway`. Several while
     * it is being changed. Required in production; elsewhere everybody may ask.
     */
    Optional<List<String>> gatewaySecret();

    /** How long a link works when nobody says otherwise, in seconds. */
    @WithDefault("30")
    @Min(1)
    int lifetime();

    /** The name of this replica, by which its next start replaces it. Host name and port when not set. */
    Optional<String> replica();

    /** How often a replica says that it is alive. */
    @WithDefault("PT1S")
    Duration announceEvery();

    /** After which silence a replica counts as gone, and its links with it; by the clock of Kafka. */
    @WithDefault("PT10S")
    Duration goneAfter();

    /** The most lines per second that the decision log may have; what is beyond is counted. */
    @WithDefault("50")
    @Min(0)
    int loggedDecisionsPerSecond();
}
