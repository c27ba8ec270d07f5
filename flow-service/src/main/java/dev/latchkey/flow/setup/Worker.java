package dev.latchkey.flow.setup;

import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.entry.EntryWork;
import dev.latchkey.flow.entry.Held;
import dev.latchkey.flow.entry.LifeStep;
import dev.latchkey.flow.entry.SelfReplica;
import dev.latchkey.flow.entry.WorkDue;
import dev.latchkey.flow.setup.Dispatcher.Work;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Takes entries that are due, in batches as large as there is room for, and has them worked on. */
@ApplicationScoped
class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LEAST_DELAY_MILLIS = 1_000;
    private static final int DELAY_MILLIS = 4_000;

    private final EntryWork entries;
    private final EntryRun run;
    private final StepWriter writer;
    private final SelfReplica self;
    private final Integrations integrations;
    private final Clock clock;
    private final Dispatcher dispatcher;
    private final Map<String, Held> waiting = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);

    Worker(
            EntryWork entries,
            EntryRun run,
            StepWriter writer,
            SelfReplica self,
            Integrations integrations,
            Clock clock,
            SetUpConfig config,
            @VirtualThreads ExecutorService virtualThreads) {
        this.entries = entries;
        this.run = run;
        this.writer = writer;
        this.self = self;
        this.integrations = integrations;
        this.clock = clock;
        this.dispatcher = new Dispatcher(virtualThreads, config.maxPerHost(), config.maxConcurrent());
    }

    /** Returns whether there may be more to take at once. */
    boolean takeWhatIsDue() {
        postponeTheTired();
        int most = Math.min(BATCH, dispatcher.room());
        String replica = self.id();
        if (most == 0 || replica == null) {
            return false;
        }
        List<Held> due = entries.claim(replica, most);
        dispatcher.add(due.stream()
                .map(held -> {
                    waiting.put(held.hold(), held);
                    return work(held, false, () -> {
                        waiting.remove(held.hold());
                        safely(held, () -> run.due(held));
                    });
                })
                .toList());
        return due.size() == most;
    }

    /** Has a piece of work done before what is only due, and returns what comes of it. */
    <T> CompletableFuture<Optional<T>> urgent(Held held, Supplier<Optional<T>> task) {
        CompletableFuture<Optional<T>> done = new CompletableFuture<>();
        dispatcher.addFirst(work(held, true, () -> done.complete(safely(held, task))));
        return done;
    }

    /** Waits until something may be due. */
    void sleep(Duration longest) throws InterruptedException {
        if (wake.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }

    void somethingIsDue(@Observes(during = TransactionPhase.AFTER_SUCCESS) WorkDue due) {
        wake.release();
    }

    /** Begins nothing more, and waits a little for what is being done. */
    void stop(Duration patience) throws InterruptedException {
        dispatcher.stop();
        long end = System.nanoTime() + patience.toNanos();
        while (dispatcher.running() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Work work(Held held, boolean urgent, Runnable task) {
        return new Work(held.hold(), host(held), task, urgent, System.nanoTime());
    }

    private String host(Held held) {
        try {
            return integrations
                    .find(held.entry().domain())
                    .map(integration -> integration.host(held.entry().data()))
                    .orElse(null);
        } catch (RuntimeException e) {
            // An integration that fails here will fail again where that is dealt with.
            return null;
        }
    }

    /** Whatever goes wrong in here, the hold ends: nobody else can end it while this replica lives. */
    private <T> Optional<T> safely(Held held, Supplier<Optional<T>> task) {
        try {
            return task.get();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Work on entry %s failed; it is tried again", held.entryId());
            writer.write(LifeStep.end(held, life -> life.dueAt(clock.instant().plus(PATIENCE))));
            return Optional.empty();
        }
    }

    /** Lets go of entries whose host has been busy for too long, so that what is for other hosts is not kept waiting. */
    private void postponeTheTired() {
        if (dispatcher.room() > 0) {
            return;
        }
        for (Work work : dispatcher.tired(System.nanoTime() - PATIENCE.toNanos())) {
            Held held = waiting.remove(work.id());
            if (held != null) {
                long delay = LEAST_DELAY_MILLIS + ThreadLocalRandom.current().nextLong(DELAY_MILLIS);
                writer.write(
                        LifeStep.end(held, life -> life.dueAt(clock.instant().plusMillis(delay))));
            }
        }
    }
}
