package dev.latchkey.flow.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator can set for the history of entries ({@code LATCHKEY_FLOW_HISTORY_…} in the environment). */
@ConfigMapping(prefix = "latchkey.flow.history")
public interface HistoryConfig {

    /** How long it is kept who did what to an entry, also after the entry is gone. */
    @WithDefault("P400D")
    Duration retention();
}
