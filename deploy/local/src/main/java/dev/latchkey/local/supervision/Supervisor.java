package dev.latchkey.local.supervision;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Keeps one child running: starts it again after each death, until it is told to stop. */
public final class Supervisor implements AutoCloseable {
    private final Child child;
    private final PidFiles pidFiles;
    private final Watchman watchman;
    private final Consumer<String> told;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private final AtomicInteger deaths = new AtomicInteger();
    private volatile Child.Running running;

    private Supervisor(
            Child child, PidFiles pidFiles, Watchman watchman, Consumer<String> told, Child.Running running) {
        this.child = child;
        this.pidFiles = pidFiles;
        this.watchman = watchman;
        this.told = told;
        this.running = running;
        this.thread = Thread.ofPlatform().name("supervise-" + child.name()).unstarted(this::supervise);
    }

    /**
     * Starts a child and keeps it running.
     *
     * @param child what to run
     * @param pidFiles where its process id is noted
     * @param watchman ends the process should this JVM be killed
     * @param told receives a sentence whenever something happens to the child
     * @throws StartException when the very first start fails
     */
    public static Supervisor start(Child child, PidFiles pidFiles, Watchman watchman, Consumer<String> told) {
        var supervisor = new Supervisor(child, pidFiles, watchman, told, child.start());
        supervisor.note(supervisor.running);
        supervisor.thread.start();
        return supervisor;
    }

    /** What the child is called. */
    public String name() {
        return child.name();
    }

    /** Whether the present process does its work. */
    public boolean isReady() {
        return running.isReady();
    }

    /** How often it has ended without being told to. */
    public int deaths() {
        return deaths.get();
    }

    /** The id of the present process, which may have ended by now. */
    public long pid() {
        return running.pid();
    }

    /** Ends the child for good; returns when it is gone. */
    @Override
    public void close() {
        stopping.countDown();
        running.stop();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The child may have been between two lives when it was told to stop.
        running.stop();
        pidFiles.remove(child.name());
        watchman.forget(child.name());
    }

    private void supervise() {
        var backoff = new Backoff();
        try {
            while (true) {
                var began = System.nanoTime();
                running.awaitEnd();
                var wait = backoff.afterLifeOf(Duration.ofNanos(System.nanoTime() - began));
                if (stopsWithin(Duration.ZERO)) {
                    return;
                }
                deaths.incrementAndGet();
                told.accept(child.name() + " has ended; starting it again in " + wait.toMillis() + " ms");
                if (stopsWithin(wait) || !startAgain(backoff)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when the child is to stop. */
    private boolean startAgain(Backoff backoff) throws InterruptedException {
        while (true) {
            try {
                running = child.start();
                note(running);
                if (stopsWithin(Duration.ZERO)) {
                    return false;
                }
                told.accept(child.name() + " is running again");
                return true;
            } catch (RuntimeException e) {
                told.accept(child.name() + " could not be started again: " + e.getMessage());
                if (stopsWithin(backoff.afterLifeOf(Duration.ZERO))) {
                    return false;
                }
            }
        }
    }

    private boolean stopsWithin(Duration wait) throws InterruptedException {
        return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void note(Child.Running started) {
        ProcessIdentity.of(started.pid()).ifPresent(process -> {
            pidFiles.write(child.name(), process);
            watchman.watch(child.name(), process);
        });
    }
}
