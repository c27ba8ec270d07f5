package dev.latchkey.local.checker.workload;

import dev.latchkey.local.checker.time.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Threads that do something again and again, with pauses, until they are stopped. */
final class Pace implements AutoCloseable {
    private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

    private final Random seeds;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Consumer<Throwable> failed;
    private volatile boolean stopped;

    /** @param failed receives what a client throws, which does not go on after that */
    Pace(long seed, Consumer<Throwable> failed) {
        this.seeds = new Random(seed);
        this.failed = failed;
    }

    /** Begins to do something. */
    void every(Duration pause, String name, Consumer<Random> turn) {
        var random = new Random(seeds.nextLong());
        start(name, () -> {
            while (!stopped) {
                turn.accept(random);
                Pause.of(pause);
            }
        });
    }

    /** Does something once, now. */
    void once(String name, Consumer<Random> turn) {
        var random = new Random(seeds.nextLong());
        start(name, () -> turn.accept(random));
    }

    private void start(String name, Runnable work) {
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failed.accept(e);
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
                    failed.accept(new IllegalStateException(thread.getName() + " does not come to an end"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
