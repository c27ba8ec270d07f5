package dev.latchkey.flow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator can set for flow-service ({@code LATCHKEY_FLOW_…} in the environment). */
@ConfigMapping(prefix = "latchkey.flow")
public interface FlowConfig {

    /**
     * The keys that encrypt secrets at rest: each 256 bits in base64. The first encrypts, all decrypt, so a new key goes in front
     * of the old one. Required in production.
     */
    Optional<List<String>> keys();

    /** How long a flow that a person started lives without being continued. */
    @WithDefault("PT1H")
    Duration idleLifetime();

    /** How long one step of a flow may take, the time of the remote included. */
    @WithDefault("PT90S")
    Duration stepTimeout();

    /** How long a step waits for another one of the same flow that is just running before it is refused. */
    @WithDefault("PT10S")
    Duration busyWait();

    /** How long the end of a flow that ended without its client, as after an external page, is kept for that client. */
    @WithDefault("PT10M")
    Duration outcomeLifetime();

    /** The most steps that run at once; beyond it callers are told to come back. */
    @WithDefault("128")
    @Min(1)
    @Max(10_000)
    int maxRunningSteps();

    /** The most tasks of progress steps that run at once; further ones wait. */
    @WithDefault("16")
    @Min(1)
    @Max(1_000)
    int maxRunningTasks();

    /** The most open flows that people started; whoever starts one more ends the one that was idle longest. */
    @WithDefault("1000")
    @Min(1)
    @Max(1_000_000)
    int maxOpenFlows();

    /** How long a client may take to receive a list of entries, before it is cut off. */
    @WithDefault("PT60S")
    Duration listSendTimeout();
}
