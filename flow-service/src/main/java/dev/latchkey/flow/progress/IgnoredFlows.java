package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.NewEntry;
import dev.latchkey.flow.entry.UniqueIdTakenException;
import dev.latchkey.platform.http.MessageException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;

/** Lets a person say that an account or device, which a flow is about, shall not be offered again. */
@ApplicationScoped
class IgnoredFlows {

    private final FlowStore store;
    private final FlowRemoval removal;
    private final Entries entries;
    private final Integrations integrations;

    IgnoredFlows(FlowStore store, FlowRemoval removal, Entries entries, Integrations integrations) {
        this.store = store;
        this.removal = removal;
        this.entries = entries;
        this.integrations = integrations;
    }

    /**
     * Ends a flow, and keeps an entry for its account that is never set up.
     *
     * @return false when the flow has not set a unique id; nothing changes then
     * @throws MessageException 404 when there is no such flow; 409 when the account has an entry
     */
    @Transactional
    boolean ignore(String flowId, String title) {
        OpenFlow flow = store.find(flowId, false)
                .filter(found -> !found.ended())
                .orElseThrow(() -> new MessageException(404, "Invalid flow specified"));
        if (flow.uniqueId() == null) {
            return false;
        }
        String domain = flow.header().domain();
        Optional<Integration> integration = integrations.find(domain);
        try {
            entries.create(new NewEntry(
                    domain,
                    title,
                    flow.uniqueId(),
                    Entry.IGNORED,
                    Map.of(),
                    Map.of(),
                    integration.map(Integration::version).orElse(1),
                    integration.map(Integration::minorVersion).orElse(1),
                    flowId));
        } catch (UniqueIdTakenException e) {
            throw new MessageException(409, "The account or device has an entry already");
        }
        if (!removal.byClient(flowId, false)) {
            throw new MessageException(404, "Invalid flow specified");
        }
        return true;
    }
}
