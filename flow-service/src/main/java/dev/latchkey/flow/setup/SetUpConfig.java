package dev.latchkey.flow.setup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What an operator can set for the work on entries ({@code LATCHKEY_FLOW_SETUP_…} in the environment). */
@ConfigMapping(prefix = "latchkey.flow.setup")
public interface SetUpConfig {

    /** How many entries this replica works on at once. */
    @WithDefault("64")
    @Min(1)
    @Max(4096)
    int maxConcurrent();

    /** How many entries of one host this replica works on at once. */
    @WithDefault("8")
    @Min(1)
    @Max(4096)
    int maxPerHost();

    /** How long one set-up, probe or unload may take; beyond it, it counts as not ready. */
    @WithDefault("PT60S")
    Duration timeout();

    /**
     * How long a replica may be silent before the others take it for dead and set its entries up again. It says four times in
     * that time that it lives.
     */
    @WithDefault("PT10S")
    Duration replicaLifetime();

    /**
     * How often credentials that were refused are tried again, in case they work again by themselves. Rarely, because many
     * remotes lock accounts for repeated refusals. 0: never.
     */
    @WithDefault("PT1H")
    Duration refusedRetest();

    /** The longest that a remote can put off the next try by {@code Retry-After}. */
    @WithDefault("PT1H")
    Duration longestRetryAfter();
}
