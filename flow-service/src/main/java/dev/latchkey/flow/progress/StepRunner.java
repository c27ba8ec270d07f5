package dev.latchkey.flow.progress;

import dev.latchkey.flow.FlowConfig;
import dev.latchkey.flow.configflow.AbortFlow;
import dev.latchkey.flow.configflow.Flow;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.FlowSource;
import dev.latchkey.flow.configflow.UnknownStepException;
import dev.latchkey.flow.entry.UnknownEntryException;
import dev.latchkey.platform.http.DatabaseOutage;
import dev.latchkey.platform.http.Message;
import dev.latchkey.platform.http.MessageException;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Runs steps, from one that has an input to one that waits for the next or ends. Outside of any transaction, for no longer than a
 * step may take, and no more of them at once than there may be.
 */
@ApplicationScoped
class StepRunner {

    private static final Logger LOG = Logger.getLogger(StepRunner.class);
    private static final int MOST_HOPS = 16;

    private final ExecutorService virtualThreads;
    private final Semaphore room;
    private final Duration timeout;

    StepRunner(@VirtualThreads ExecutorService virtualThreads, FlowConfig config) {
        this.virtualThreads = virtualThreads;
        this.room = new Semaphore(config.maxRunningSteps());
        this.timeout = config.stepTimeout();
    }

    /**
     * Returns what a step, and those it goes on to by itself, end with: never {@code ProgressDone} or {@code ExternalDone}, and
     * always with the id of a step that is there.
     *
     * @param input null to show the step
     * @throws UnknownStepException when a step is not there
     * @throws MessageException 500 when a step fails or takes too long
     */
    FlowResult run(Flow flow, FlowRun run, String stepId, Map<String, Object> input) {
        takeRoom(run);
        try {
            return within(timeout, virtualThreads.submit(() -> {
                flow.enter(run);
                return chain(flow, run, stepId, input);
            }));
        } catch (ExecutionException e) {
            throw failure(e.getCause(), run, stepId, input);
        } finally {
            room.release();
        }
    }

    private void takeRoom(FlowRun run) {
        try {
            // Whoever waits for an answer had better come back; what nobody waits for can wait, and a refusal is told
            // once.
            boolean waits = run.unattended() || run.isFirst() && run.source() == FlowSource.REAUTH;
            if (!(waits ? room.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS) : room.tryAcquire())) {
                throw new WebApplicationException(
                        new Message("Too many flows are busy. Try again in a moment.").tryAgain());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static FlowResult within(Duration timeout, Future<FlowResult> result) throws ExecutionException {
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new MessageException(500, "The step took too long");
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whatever a step does not throw as an answer may repeat what it sent: it is logged without secrets, and goes no further. */
    private static RuntimeException failure(Throwable failure, FlowRun run, String step, Map<String, Object> input) {
        if (failure instanceof RuntimeException thrown && (isAnswer(thrown) || DatabaseOutage.isBehind(thrown))) {
            return thrown;
        }
        LOG.errorf("The step %s of %s failed: %s", step, run.domain(), trace(failure, run, input));
        return new MessageException(500, "Internal server error");
    }

    private static boolean isAnswer(RuntimeException thrown) {
        return thrown instanceof MessageException
                || thrown instanceof WebApplicationException
                || thrown instanceof UnknownStepException
                || thrown instanceof UnknownEntryException;
    }

    private static String trace(Throwable failure, FlowRun run, Map<String, Object> input) {
        try {
            return run.masking(input).trace(failure);
        } catch (RuntimeException e) {
            // Without the secrets, nothing can be masked.
            return failure.getClass().getName();
        }
    }

    private static FlowResult chain(Flow flow, FlowRun run, String firstStep, Map<String, Object> firstInput) {
        String step = firstStep;
        Map<String, Object> input = firstInput;
        Shown.Kind waitedFor = run.before() == null ? null : run.before().kind();
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            FlowResult result = one(flow, step, input);
            Transitions.check(waitedFor, result);
            String next = switch (result) {
                case FlowResult.ProgressDone(String nextStep) -> nextStep;
                case FlowResult.ExternalDone(String nextStep) -> nextStep;
                default -> null;
            };
            if (next == null) {
                return Transitions.settle(flow, step, result);
            }
            flow.require(next);
            step = next;
            input = null;
            waitedFor = null;
        }
        throw new IllegalStateException("a flow goes from step to step without an end: " + step);
    }

    private static FlowResult one(Flow flow, String step, Map<String, Object> input) {
        try {
            FlowResult result = flow.run(step, input);
            if (result == null) {
                throw new IllegalStateException("the step " + step + " has no result");
            }
            return result;
        } catch (AbortFlow e) {
            return e.result();
        }
    }
}
