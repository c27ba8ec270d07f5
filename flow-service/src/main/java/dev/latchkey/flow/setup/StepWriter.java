package dev.latchkey.flow.setup;

import dev.latchkey.flow.entry.EntrySummary;
import dev.latchkey.flow.entry.EntryWork;
import dev.latchkey.flow.entry.LifeStep;
import dev.latchkey.platform.http.DatabaseOutage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes down steps in the lives of entries: whatever came while the last transaction was being committed goes into the next one,
 * so that setting up many entries takes few transactions. One thread; steps keep their order. There are never more of them than
 * pieces of work that run at once, times two.
 */
@ApplicationScoped
class StepWriter {

    private static final Logger LOG = Logger.getLogger(StepWriter.class);
    private static final int BATCH = 200;
    private static final int POLL_MILLIS = 200;
    private static final int OUTAGE_MILLIS = 500;

    private record Pending(LifeStep step, CompletableFuture<Optional<EntrySummary>> done) {}

    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final EntryWork work;
    private volatile boolean stopping;

    StepWriter(EntryWork work) {
        this.work = work;
    }

    /**
     * Has a step written.
     *
     * @return the entry after it; nothing when the hold was lost. Fails when it could not be written for a reason of its own; while
     *     the database is away, it waits
     */
    CompletableFuture<Optional<EntrySummary>> write(LifeStep step) {
        CompletableFuture<Optional<EntrySummary>> done = new CompletableFuture<>();
        queue.add(new Pending(step, done));
        return done;
    }

    /** Writes until {@link #stop}, and then what is left. */
    void run() {
        while (!stopping || !queue.isEmpty()) {
            try {
                Pending first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Pending> batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Ends the thread of {@link #run} when everything is written. */
    void stop() {
        stopping = true;
    }

    private void write(List<Pending> batch) throws InterruptedException {
        while (true) {
            try {
                List<Optional<EntrySummary>> results =
                        work.apply(batch.stream().map(Pending::step).toList());
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).done().complete(results.get(i));
                }
                return;
            } catch (RuntimeException e) {
                if (DatabaseOutage.isBehind(e) && !stopping) {
                    LOG.debugf("Steps of entries could not be written and will be: %s", e.getMessage());
                    TimeUnit.MILLISECONDS.sleep(OUTAGE_MILLIS);
                } else if (batch.size() == 1) {
                    batch.getFirst().done().completeExceptionally(e);
                    return;
                } else {
                    // One of them is at fault; the others must not suffer.
                    for (Pending pending : batch) {
                        write(List.of(pending));
                    }
                    return;
                }
            }
        }
    }
}
