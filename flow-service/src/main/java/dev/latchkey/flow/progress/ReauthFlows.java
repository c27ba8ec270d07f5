package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.FlowSource;
import dev.latchkey.flow.entry.AuthenticationRefused;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.platform.http.MessageException;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/** Starts a re-authentication when the credentials of an entry are refused ({@code spec/flows.md} 4.3). */
@ApplicationScoped
class ReauthFlows {

    private static final Logger LOG = Logger.getLogger(ReauthFlows.class);

    private final Entries entries;
    private final FlowStore store;
    private final FlowService flows;
    private final ExecutorService virtualThreads;

    ReauthFlows(Entries entries, FlowStore store, FlowService flows, @VirtualThreads ExecutorService virtualThreads) {
        this.entries = entries;
        this.store = store;
        this.flows = flows;
        this.virtualThreads = virtualThreads;
    }

    /** A reconfiguration that was under way stood in for the re-authentication. It ended, and new credentials are still needed. */
    void closed(@Observes(during = TransactionPhase.AFTER_SUCCESS) FlowsClosed closed) {
        List<String> entryIds = closed.flows().stream()
                .filter(flow -> flow.source() == FlowSource.RECONFIGURE)
                .map(FlowClosed::entryId)
                .toList();
        if (!entryIds.isEmpty()) {
            virtualThreads.execute(() -> entryIds.forEach(this::reconfigured));
        }
    }

    private void reconfigured(String entryId) {
        try {
            if (entries.waitsForCredentials(entryId)) {
                refused(new AuthenticationRefused(entryId, null));
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    "No re-authentication could be started for entry %s; its next try does: %s",
                    entryId, e.getMessage());
        }
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
