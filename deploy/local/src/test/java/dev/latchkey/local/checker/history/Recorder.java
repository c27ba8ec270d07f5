package dev.latchkey.local.checker.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes down what happens, from many threads. Thread-safe; bounded, so that a long run ends before memory does. */
public final class Recorder {
    private static final int MOST = 4_000_000;

    private final long began = System.nanoTime();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private List<String> spared = List.of();

    /**
     * Notes an operation.
     *
     * @throws IllegalStateException when there are too many to judge
     */
    public synchronized void add(Operation operation) {
        if (operations.size() == MOST) {
            throw new IllegalStateException("A run has at most " + MOST + " operations; make it shorter.");
        }
        operations.add(operation);
    }

    /** Notes a fault that is over. */
    public synchronized void add(Fault fault) {
        faults.add(fault);
    }

    /** Notes that a client broke. */
    public synchronized void fail(Throwable failure) {
        failures.add(failure);
    }

    /** Notes which kinds of faults did not come. */
    public synchronized void spare(List<String> kinds) {
        spared = kinds;
    }

    /** What is known by now. */
    public synchronized History history(
            Collection<Delivery> deliveries, List<KeptEntry> kept, long healedAt, Duration recovered) {
        return new History(
                operations, List.copyOf(deliveries), faults, kept, began, healedAt, recovered, spared, failures);
    }
}
