package dev.latchkey.flow.progress;

import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.UnknownStepException;
import dev.latchkey.platform.http.MessageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Goes on with flows while their client only waits: when a browser comes back from outside, and when a task has ended. */
@ApplicationScoped
class UnattendedFlows {

    private static final Logger LOG = Logger.getLogger(UnattendedFlows.class);

    private final FlowStore store;
    private final FlowRemoval removal;
    private final FlowDriver driver;
    private final FlowPrograms programs;

    UnattendedFlows(FlowStore store, FlowRemoval removal, FlowDriver driver, FlowPrograms programs) {
        this.store = store;
        this.removal = removal;
        this.driver = driver;
        this.programs = programs;
    }

    /**
     * Goes on with the flow that waits for an external page.
     *
     * @param state what it was sent away with; works once
     * @param answer what the page says: {@code code} or {@code error}
     * @return false when no flow waits for this state
     */
    boolean cameBack(String state, Map<String, Object> answer) {
        Optional<OpenFlow> waiting = store.waitingFor(state)
                .flatMap(store::find)
                .filter(flow -> flow.state().shown().kind() == Shown.Kind.EXTERNAL);
        if (waiting.isEmpty()) {
            return false;
        }
        OpenFlow flow = waiting.get();
        FlowRun run = programs.unattended(flow, null);
        try {
            driver.take(flow, run);
        } catch (FlowGoneException e) {
            return false;
        }
        Map<String, Object> input = new LinkedHashMap<>(answer);
        input.put("state", state);
        driver.proceed(program(flow), run, new Inputs.Next(flow.state().shown().stepId(), input));
        return true;
    }

    /** Runs the step again whose task has ended. If that fails there is nobody to tell: the flow ends. */
    void taskEnded(TaskEnd end) {
        OpenFlow flow = store.find(end.flowId())
                .filter(found -> !found.ended() && found.state().shown().kind() == Shown.Kind.PROGRESS)
                .orElse(null);
        if (flow == null) {
            return;
        }
        FlowDriver.Program program = programs.of(flow.header(), this::taskEnded).orElse(null);
        if (program == null) {
            LOG.warnf(
                    "The flow %s ends: there is no integration %s any more",
                    end.flowId(), flow.header().domain());
            removal.byClient(end.flowId(), flow.header().ofOptions());
            return;
        }
        FlowRun run = programs.unattended(flow, end.outcome());
        try {
            driver.take(flow, run);
        } catch (MessageException e) {
            LOG.debugf("The flow %s does not go on after its task: %s", end.flowId(), e.getMessage());
            return;
        }
        try {
            driver.proceed(program, run, new Inputs.Next(flow.state().shown().stepId(), null));
        } catch (FlowGoneException | UnknownStepException e) {
            LOG.debugf(e, "The flow %s ended while its task ran", end.flowId());
        } catch (RuntimeException e) {
            LOG.errorf(e, "The flow %s failed after its task", end.flowId());
            FlowRun last = programs.unattended(flow, end.outcome());
            driver.take(flow, last);
            driver.end(program, last, new FlowResult.Abort("unknown", null));
        }
    }

    private FlowDriver.Program program(OpenFlow flow) {
        return programs.of(flow.header(), this::taskEnded).orElseThrow(FlowGoneException::new);
    }
}
