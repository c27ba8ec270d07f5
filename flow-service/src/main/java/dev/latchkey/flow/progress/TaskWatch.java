package dev.latchkey.flow.progress;

import dev.latchkey.flow.FlowConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** Lets tasks outlive their replica and not their flow: says which run here, and takes over those that nobody runs any more. */
@ApplicationScoped
class TaskWatch {

    private final ProgressTasks tasks;
    private final TaskLeases leases;
    private final UnattendedFlows flows;
    private final ExecutorService virtualThreads;
    private final int most;

    TaskWatch(
            ProgressTasks tasks,
            TaskLeases leases,
            UnattendedFlows flows,
            @VirtualThreads ExecutorService virtualThreads,
            FlowConfig config) {
        this.tasks = tasks;
        this.leases = leases;
        this.flows = flows;
        this.virtualThreads = virtualThreads;
        this.most = config.maxRunningTasks();
    }

    @Scheduled(every = "PT5S", delayed = "PT5S", concurrentExecution = ConcurrentExecution.SKIP)
    void watch() {
        Set<String> here = tasks.flows();
        if (!here.isEmpty()) {
            Set<String> ended = new HashSet<>(here);
            ended.removeAll(leases.renew(tasks.replica(), here));
            ended.forEach(tasks::cancel);
        }
        for (String flowId : leases.takeOver(tasks.replica(), most)) {
            virtualThreads.execute(() -> flows.taskEnded(new TaskEnd(flowId, null)));
        }
    }
}
