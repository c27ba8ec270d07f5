package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.AbortReason;
import dev.latchkey.flow.configflow.FlowSource;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.configflow.OptionsFlow;
import dev.latchkey.flow.configflow.UnknownStepException;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.Entry;
import dev.latchkey.platform.http.MessageException;
import dev.latchkey.platform.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** What clients can do with flows ({@code spec/flows.md} 1.1, R5 to R11). Returns results as clients see them. */
@ApplicationScoped
class FlowService {

    private static final Logger LOG = Logger.getLogger(FlowService.class);

    private final Integrations integrations;
    private final Entries entries;
    private final FlowStore store;
    private final FlowRemoval removal;
    private final FlowDriver driver;
    private final FlowPrograms programs;
    private final UnattendedFlows unattended;
    private final CreatedEntries created;

    FlowService(
            Integrations integrations,
            Entries entries,
            FlowStore store,
            FlowRemoval removal,
            FlowDriver driver,
            FlowPrograms programs,
            UnattendedFlows unattended,
            CreatedEntries created) {
        this.integrations = integrations;
        this.entries = entries;
        this.store = store;
        this.removal = removal;
        this.driver = driver;
        this.programs = programs;
        this.unattended = unattended;
        this.created = created;
    }

    /**
     * Starts a flow that adds an entry.
     *
     * @throws MessageException 404 when there is no such integration
     */
    Map<String, Object> add(String domain, boolean showAdvancedOptions) {
        Integration integration = integrations.find(domain).orElseThrow(FlowService::unknownHandler);
        FlowHeader header = new FlowHeader(Secrets.randomId(), domain, domain, FlowSource.USER, null);
        FlowDriver.Program program = program(header);
        if (integration.singleInstance() && entries.anyOfDomain(domain)) {
            return FlowViews.singleInstance(header);
        }
        if (!program.code().has(FlowSource.USER.id())) {
            return FlowViews.abort(header, AbortReason.NOT_IMPLEMENTED, null);
        }
        return begin(program, programs.first(header, null, Map.of(), showAdvancedOptions), FlowSource.USER.id(), null);
    }

    /**
     * Starts a flow that changes an entry.
     *
     * @throws MessageException 404 when there is no such integration, or no such entry of it; 400 when its entries cannot be
     *     reconfigured
     */
    Map<String, Object> reconfigure(String domain, String entryId, boolean showAdvancedOptions) {
        FlowHeader header = new FlowHeader(Secrets.randomId(), domain, domain, FlowSource.RECONFIGURE, entryId);
        FlowDriver.Program program = program(header);
        requireStep(program, FlowSource.RECONFIGURE.id());
        Entry entry = entries.find(entryId)
                .filter(found -> found.domain().equals(domain))
                .orElseThrow(FlowService::unknownEntry);
        FlowRun run = programs.first(header, null, Map.of("name", entry.title()), showAdvancedOptions);
        return begin(program, run, FlowSource.RECONFIGURE.id(), null);
    }

    /**
     * Starts a flow that changes the options of an entry.
     *
     * @throws MessageException 404 when there is no such entry, or it has no options
     */
    Map<String, Object> changeOptions(String entryId, boolean showAdvancedOptions) {
        Entry entry = entries.find(entryId).orElseThrow(FlowService::unknownEntry);
        FlowHeader header = new FlowHeader(Secrets.randomId(), entry.domain(), entryId, FlowSource.OPTIONS, entryId);
        FlowDriver.Program program = program(header);
        return begin(program, programs.first(header, null, Map.of(), showAdvancedOptions), OptionsFlow.INIT, null);
    }

    /**
     * Starts a flow that heals an entry, or returns the open one (decision F8).
     *
     * @throws MessageException 404 when there is no such entry; 403 when it is disabled or ignored; 400 when its integration knows
     *     no re-authentication
     */
    Map<String, Object> reauthenticate(String entryId) {
        for (int look = 0; look < 200; look++) {
            Entry entry = entries.find(entryId).orElseThrow(FlowService::unknownEntry);
            if (entry.disabledBy() != null || entry.ignored()) {
                throw new MessageException(403, "Entry is disabled or ignored");
            }
            OpenFlow open = store.ofEntry(entryId, FlowSource.REAUTH).orElse(null);
            if (open != null) {
                return open.state().shown().view();
            }
            try {
                Map<String, Object> started = reauthenticate(entry);
                if (!AbortReason.ALREADY_IN_PROGRESS.equals(started.get("reason"))) {
                    return started;
                }
                // Somebody else is just starting one.
            } catch (FlowGoneException e) {
                // A test found meanwhile that the entry works, which ends whatever heals it; the caller wants a flow.
                LOG.debugf("The entry %s works again", entryId);
            }
            FlowDriver.pause();
        }
        throw new MessageException(409, "The flow is busy");
    }

    /** Starts a flow that heals an entry; an abort {@code already_in_progress} when it has one. */
    Map<String, Object> reauthenticate(Entry entry) {
        FlowHeader header =
                new FlowHeader(Secrets.randomId(), entry.domain(), entry.domain(), FlowSource.REAUTH, entry.entryId());
        FlowDriver.Program program = program(header);
        requireStep(program, FlowSource.REAUTH.id());
        FlowRun run = programs.first(header, entry.uniqueId(), Map.of("name", entry.title()), false);
        return begin(program, run, FlowSource.REAUTH.id(), entry.data().data());
    }

    /**
     * Returns the last result of a flow; runs nothing (decision F2).
     *
     * @throws FlowGoneException when there is no such flow
     */
    Map<String, Object> read(String flowId, boolean ofOptions) {
        return created.asNow(store.find(flowId, ofOptions)
                .orElseThrow(FlowGoneException::new)
                .state()
                .shown());
    }

    /** Returns the open flows that add or change entries, oldest first. */
    List<FlowProgress> list() {
        return store.list();
    }

    /**
     * Goes on with a flow.
     *
     * @throws FlowGoneException when there is no such flow
     * @throws InputRefusedException when the input is not what the flow asked for
     * @throws MessageException 409 when somebody else was quicker
     */
    Map<String, Object> proceed(String flowId, boolean ofOptions, Map<String, Object> input) {
        OpenFlow flow =
                store.find(flowId, ofOptions).filter(found -> !found.ended()).orElseThrow(FlowGoneException::new);
        Shown shown = flow.state().shown();
        if (shown.kind() == Shown.Kind.PROGRESS) {
            return shown.view();
        }
        FlowDriver.Program program =
                programs.of(flow.header(), unattended::taskEnded).orElseThrow(FlowGoneException::new);
        if (!program.code().has(shown.stepId())) {
            removal.byClient(flowId, ofOptions);
            throw new FlowGoneException();
        }
        Inputs.Next next = Inputs.next(shown, program.code(), input);
        FlowRun run = programs.attended(flow);
        driver.take(flow, run);
        return created.setUp(driver.proceed(program, run, next));
    }

    /**
     * Ends a flow.
     *
     * @throws FlowGoneException when there is no such flow
     */
    void abort(String flowId, boolean ofOptions) {
        if (!removal.byClient(flowId, ofOptions)) {
            throw new FlowGoneException();
        }
    }

    /**
     * Returns the domains that can be added, in alphabetical order.
     *
     * @param type only those of this integration type; null for all
     */
    Collection<String> handlers(String type) {
        return integrations.all().stream()
                .filter(integration -> type == null || integration.type().id().equals(type))
                .map(Integration::domain)
                .toList();
    }

    private Map<String, Object> begin(FlowDriver.Program program, FlowRun run, String step, Map<String, Object> input) {
        if (!store.insert(run)) {
            return FlowViews.abort(run.header(), AbortReason.ALREADY_IN_PROGRESS, null);
        }
        try {
            return created.setUp(driver.begin(program, run, step, input));
        } catch (UnknownStepException e) {
            throw new MessageException(400, e.getMessage());
        }
    }

    private FlowDriver.Program program(FlowHeader header) {
        return programs.of(header, unattended::taskEnded).orElseThrow(FlowService::unknownHandler);
    }

    private static void requireStep(FlowDriver.Program program, String step) {
        try {
            program.code().require(step);
        } catch (UnknownStepException e) {
            throw new MessageException(400, e.getMessage());
        }
    }

    private static MessageException unknownHandler() {
        return new MessageException(404, "Invalid handler specified");
    }

    private static MessageException unknownEntry() {
        return new MessageException(404, "Invalid entry specified");
    }
}
