package dev.latchkey.local.checker.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.latchkey.local.checker.time.Pause;
import dev.latchkey.local.supervision.Child;
import dev.latchkey.local.supervision.ProcessIdentity;
import dev.latchkey.local.supervision.Watchman;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A process of the cluster that can be killed, frozen, and started again. */
public final class Member {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(10);
    private static final String GONE = "X";

    private final String name;
    private final Watchman watchman;
    private Child child;
    private Child.Running running;

    /** @param watchman ends it should this JVM be killed */
    Member(String name, Child child, Watchman watchman) {
        this.name = name;
        this.child = child;
        this.watchman = watchman;
    }

    /** What it is called, as {@code auth-1}. */
    public String name() {
        return name;
    }

    /** Starts it unless it runs. */
    public synchronized void start() {
        if (running == null || !isAlive()) {
            running = child.start();
            ProcessIdentity.of(running.pid()).ifPresent(process -> watchman.watch(name, process));
        }
    }

    /** Ends it in good order and starts something else in its place. */
    synchronized void replace(Child other) {
        stop();
        child = other;
        start();
    }

    /**
     * Ends it and its children as a crash would.
     *
     * @return whether there was something to end, and all of it is gone
     */
    public synchronized boolean kill() throws IOException {
        var family = family();
        family.forEach(ProcessHandle::destroyForcibly);
        return !family.isEmpty() && soon(() -> family.stream().allMatch(process -> isIn(process, "XZ")));
    }

    /**
     * Freezes it and its children: they are there and do nothing.
     *
     * @return whether there was something to freeze, and all of it stands still
     */
    public synchronized boolean freeze() throws IOException {
        if (!isAlive()) {
            return false;
        }
        signal("STOP");
        // A child may have come while its siblings were told.
        return soon(() -> {
            var moving =
                    family().stream().filter(process -> !isIn(process, "TXZ")).toList();
            if (!moving.isEmpty()) {
                signal("STOP", moving);
            }
            return moving.isEmpty() && isAlive();
        });
    }

    /** Lets it go on. */
    public synchronized void thaw() throws IOException {
        signal("CONT");
    }

    /** Whether there is a process. */
    public synchronized boolean isAlive() {
        return running != null
                && ProcessHandle.of(running.pid())
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    /** Whether it does its work. */
    public synchronized boolean isReady() {
        return running != null && running.isReady();
    }

    /** Ends it in good order. */
    synchronized void stop() {
        if (running != null) {
            running.stop();
            watchman.forget(name);
        }
    }

    /** PostgreSQL is many processes. */
    private List<ProcessHandle> family() {
        return ProcessHandle.of(running.pid()).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
    }

    private void signal(String signal) throws IOException {
        signal(signal, family());
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException {
        if (processes.isEmpty()) {
            return;
        }
        var command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(SOON.toSeconds(), SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static boolean isIn(ProcessHandle process, String states) {
        return states.contains(state(process));
    }

    /** The kernel's letter for what a process does: {@code T} stands still, {@code Z} has ended and nobody asked how. */
    private static String state(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // The name is in parentheses and may hold spaces.
            return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
        } catch (IOException e) {
            return GONE;
        }
    }

    private static boolean soon(Check check) throws IOException {
        var latest = System.nanoTime() + SOON.toNanos();
        while (!check.holds()) {
            if (System.nanoTime() - latest > 0) {
                return false;
            }
            Pause.of(AGAIN);
        }
        return true;
    }

    @FunctionalInterface
    private interface Check {
        boolean holds() throws IOException;
    }
}
