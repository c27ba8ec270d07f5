package dev.latchkey.local.checker.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.latchkey.local.supervision.Child;
import dev.latchkey.local.supervision.ProcessIdentity;
import dev.latchkey.local.supervision.Watchman;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A process of the cluster that can be killed, frozen, and started again. */
public final class Member {
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

    /** Ends it as a crash would. */
    public synchronized void kill() {
        family().forEach(ProcessHandle::destroyForcibly);
    }

    /** Freezes it and its children: they are there and do nothing. */
    public synchronized void freeze() throws IOException {
        signal("STOP");
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
        for (var process : family()) {
            try {
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor(5, SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }
}
