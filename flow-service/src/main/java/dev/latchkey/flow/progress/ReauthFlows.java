package dev.latchkey.flow.progress;

import dev.latchkey.flow.entry.AuthenticationRefused;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.platform.http.MessageException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Starts a re-authentication when the credentials of an entry are refused ({@code spec/flows.md} 4.3). */
@ApplicationScoped
class ReauthFlows {

    private static final Logger LOG = Logger.getLogger(ReauthFlows.class);

    private final Entries entries;
    private final FlowStore store;
    private final FlowService flows;

    ReauthFlows(Entries entries, FlowStore store, FlowService flows) {
        this.entries = entries;
        this.store = store;
        this.flows = flows;
    }

    /** Starts one, unless the entry is being healed or reconfigured already. Of many calls at once, one starts it; one that fails may be made again. */
    void refused(@Observes AuthenticationRefused refused) {
        if (store.anyChanging(refused.entryId())) {
            store.keepHealing(refused.entryId());
            return;
        }
        entries.find(refused.entryId()).filter(entry -> !entry.ignored()).ifPresent(entry -> {
            try {
                flows.reauthenticate(entry);
            } catch (MessageException e) {
                if (e.status() >= 500) {
                    throw e;
                }
                LOG.warnf(
                        "The entry %s of %s needs new credentials, but no flow could ask for them: %s",
                        entry.entryId(), entry.domain(), e.getMessage());
            }
        });
    }
}
