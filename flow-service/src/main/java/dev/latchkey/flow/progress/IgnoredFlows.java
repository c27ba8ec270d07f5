package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.flow.entry.NewEntry;
import dev.latchkey.flow.entry.UniqueIdTakenException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;

/** Ends flows about what nobody wants to connect, and remembers it by an entry that is never set up. */
@ApplicationScoped
class IgnoredFlows {

    /** What came of it. */
    enum Outcome {
        IGNORED,
        /** What the flow is about has no name by which it could be recognised. */
        NO_UNIQUE_ID,
        /** It is connected, or ignored already; nothing was done (decision F5). */
        ALREADY_CONFIGURED
    }

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
     * Ignores what a flow is about.
     *
     * @param title of the ignored entry
     * @throws FlowGoneException when there is no such flow
     */
    @Transactional(dontRollbackOn = UniqueIdTakenException.class)
    Outcome ignore(String flowId, String title) {
        OpenFlow flow =
                store.find(flowId, false).filter(found -> !found.ended()).orElseThrow(FlowGoneException::new);
        if (flow.uniqueId() == null) {
            return Outcome.NO_UNIQUE_ID;
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
                    flow.header().id()));
        } catch (UniqueIdTakenException e) {
            return Outcome.ALREADY_CONFIGURED;
        }
        if (!removal.byClient(flowId, false)) {
            throw new FlowGoneException();
        }
        removal.ofSameAccount(domain, flow.uniqueId(), flowId);
        return Outcome.IGNORED;
    }
}
