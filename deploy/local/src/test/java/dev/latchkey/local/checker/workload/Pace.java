package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.time.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Threads that do something again and again, with pauses, until they are stopped. */
final class Pace implements AutoCloseable {
    private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

    private final Random seeds;
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    Pace(long seed) {
        this.seeds = new Random(seed);
    }

    /** Begins to do something; what it throws fails the run at the end. */
    void every(Duration pause, String name, Consumer<Random> turn) {
        var random = new Random(seeds.nextLong());
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            try {
                while (!stopped) {
                    turn.accept(random);
                    Pause.of(pause);
                }
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }));
    }

    /** Whether to come to an end. */
    boolean stopped() {
        return stopped;
    }

    /** Has all of them stop soon. */
    void stop() {
        stopped = true;
    }

    /** Stops all of them and waits until they are done with what they are at. */
    @Override
    public void close() {
        stopped = true;
        try {
            for (var thread : threads) {
                if (!thread.join(LONGEST_TURN)) {
                    throw new IllegalStateException(thread.getName() + " does not come to an end");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            var failure = new IllegalStateException("A client of the checker failed", failures.peek());
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
