package dev.latchkey.flow.progress;

import dev.latchkey.flow.FlowConfig;
import dev.latchkey.flow.configflow.TaskOutcome;
import dev.latchkey.platform.secret.Secrets;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Runs the tasks of progress steps, a few at a time, on this replica. There is at most one for each open flow. */
@ApplicationScoped
class ProgressTasks {

    private static final Logger LOG = Logger.getLogger(ProgressTasks.class);

    private final String replica = Secrets.randomId();
    private final ExecutorService threads;
    private final Map<String, Future<?>> running = new ConcurrentHashMap<>();

    ProgressTasks(FlowConfig config) {
        threads = Executors.newFixedThreadPool(
                config.maxRunningTasks(),
                Thread.ofVirtual().name("flow-task-", 0).factory());
    }

    /** Returns the name of this replica among those that run tasks, new at every start. */
    String replica() {
        return replica;
    }

    /**
     * Runs a task.
     *
     * @param whenEnded gets how it ended, unless it is cancelled
     */
    void start(String flowId, Callable<Object> task, Consumer<TaskOutcome> whenEnded) {
        running.compute(flowId, (id, before) -> {
            if (before != null) {
                before.cancel(true);
            }
            return threads.submit(() -> run(flowId, task, whenEnded));
        });
    }

    /** Returns the flows whose tasks run or wait here. */
    Set<String> flows() {
        return Set.copyOf(running.keySet());
    }

    /** Stops the task of a flow, whose outcome nobody wants any more. */
    void cancel(String flowId) {
        Future<?> task = running.remove(flowId);
        if (task != null) {
            task.cancel(true);
        }
    }

    private void run(String flowId, Callable<Object> task, Consumer<TaskOutcome> whenEnded) {
        TaskOutcome outcome;
        try {
            outcome = new TaskOutcome.Done(task.call());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (Exception e) {
            LOG.debugf(
                    "The task of the flow %s failed: %s", flowId, e.getClass().getName());
            outcome = new TaskOutcome.Failed(e);
        } catch (Error e) {
            LOG.errorf("The task of the flow %s died: %s", flowId, e.getClass().getName());
            outcome = new TaskOutcome.Failed(new ExecutionException(e));
        }
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        // The next step may start a task of its own.
        running.remove(flowId);
        try {
            whenEnded.accept(outcome);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The flow %s could not go on after its task", flowId);
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
