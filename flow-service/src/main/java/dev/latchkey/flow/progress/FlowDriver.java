package dev.latchkey.flow.progress;

import dev.latchkey.flow.FlowConfig;
import dev.latchkey.flow.configflow.Flow;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.UnknownStepException;
import dev.latchkey.platform.http.MessageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Drives a flow over one run: begin or take it, run its steps, keep or end it. What fails leaves it as it was (decision F3). */
@ApplicationScoped
class FlowDriver {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final FlowStore store;
    private final FlowHolds holds;
    private final FlowRemoval removal;
    private final StepRunner steps;
    private final FlowEnding ending;
    private final ProgressTasks tasks;
    private final Duration busyWait;

    FlowDriver(
            FlowStore store,
            FlowHolds holds,
            FlowRemoval removal,
            StepRunner steps,
            FlowEnding ending,
            ProgressTasks tasks,
            FlowConfig config) {
        this.store = store;
        this.holds = holds;
        this.removal = removal;
        this.steps = steps;
        this.ending = ending;
        this.tasks = tasks;
        this.busyWait = config.busyWait();
    }

    /**
     * What a flow runs on.
     *
     * @param code a new instance
     * @param whenTaskEnds goes on with the flow when the task of a progress step has ended; gets its id
     */
    record Program(Integration integration, Flow code, Consumer<TaskEnd> whenTaskEnds) {}

    /** Runs the first step of a flow that was just kept. If it fails, the flow is gone. */
    Shown begin(Program program, FlowRun run, String stepId, Map<String, Object> input) {
        try {
            return keep(program, run, steps.run(program.code(), run, stepId, input));
        } catch (RuntimeException | Error e) {
            removal.byRun(run);
            throw e;
        }
    }

    /** Runs a step of a flow that was taken. If it fails, the flow is as before; if the step is not there, it is gone. */
    Shown proceed(Program program, FlowRun run, Inputs.Next next) {
        try {
            return keep(program, run, steps.run(program.code(), run, next.stepId(), next.input()));
        } catch (UnknownStepException e) {
            removal.byRun(run);
            throw e;
        } catch (RuntimeException | Error e) {
            holds.giveBack(run);
            throw e;
        }
    }

    /** Ends a flow that was taken, without running any of its steps. */
    Shown end(Program program, FlowRun run, FlowResult result) {
        return ending.end(run, program.integration(), result);
    }

    /**
     * Takes a flow for a run; waits a while for another run that has it.
     *
     * @throws FlowGoneException when it ended meanwhile
     * @throws MessageException 409 when another run has changed it meanwhile, or does not give it back
     */
    void take(OpenFlow flow, FlowRun run) {
        long deadline = System.nanoTime() + busyWait.toNanos();
        while (!holds.take(flow.header().id(), flow.revision(), run.runId())) {
            OpenFlow now = store.find(flow.header().id())
                    .filter(found -> !found.ended())
                    .orElseThrow(FlowGoneException::new);
            if (now.revision() != flow.revision()) {
                throw new MessageException(409, "The flow has moved on");
            }
            if (System.nanoTime() > deadline) {
                throw new MessageException(409, "The flow is busy");
            }
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Shown keep(Program program, FlowRun run, FlowResult result) {
        if (result instanceof FlowResult.Abort
                || result instanceof FlowResult.UpdateAndAbort
                || result instanceof FlowResult.CreateEntry) {
            return ending.end(run, program.integration(), result);
        }
        Shown shown = FlowViews.waiting(run.header(), result);
        boolean task = result instanceof FlowResult.ShowProgress;
        if (!store.save(run, shown, task ? tasks.replica() : null)) {
            throw new FlowGoneException();
        }
        if (result instanceof FlowResult.ShowProgress progress) {
            String id = run.header().id();
            tasks.start(id, progress.task(), outcome -> program.whenTaskEnds().accept(new TaskEnd(id, outcome)));
        }
        return shown;
    }
}
