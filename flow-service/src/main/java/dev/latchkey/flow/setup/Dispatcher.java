package dev.latchkey.flow.setup;

import dev.latchkey.platform.limit.ConcurrencyBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Runs pieces of work, so many at once in all and so many for one host. What has to wait does so without a thread, and lets by what
 * is for another host. Thread-safe.
 */
final class Dispatcher {

    /**
     * One piece of work.
     *
     * @param host whom it asks; null when nobody
     * @param urgent whether somebody waits for it
     * @param since when it began to wait, by {@link System#nanoTime}
     */
    record Work(String id, String host, Runnable task, boolean urgent, long since) {}

    private final ConcurrencyBudget<String> budget = new ConcurrencyBudget<>();
    private final Deque<Work> waiting = new ArrayDeque<>();
    private final Executor executor;
    private final int mostPerHost;
    private final int most;
    private boolean stopped;

    Dispatcher(Executor executor, int mostPerHost, int most) {
        this.executor = executor;
        this.mostPerHost = mostPerHost;
        this.most = most;
    }

    /** Takes work that is due. */
    synchronized void add(Collection<Work> due) {
        waiting.addAll(due);
        pump();
    }

    /** Takes work that somebody waits for. */
    synchronized void addFirst(Work urgent) {
        waiting.addFirst(urgent);
        pump();
    }

    /** Returns how much more work should be taken: enough to keep every place busy, no more. */
    synchronized int room() {
        return stopped ? 0 : Math.max(0, 2 * most - waiting.size() - budget.inUse());
    }

    /** Gives back what is not urgent and has waited since before a time, by {@link System#nanoTime}: its host is too busy. */
    synchronized List<Work> tired(long before) {
        List<Work> tired = new ArrayList<>();
        for (Iterator<Work> all = waiting.iterator(); all.hasNext(); ) {
            Work work = all.next();
            if (!work.urgent() && work.since() - before < 0) {
                all.remove();
                tired.add(work);
            }
        }
        return tired;
    }

    /** Begins nothing more. */
    synchronized void stop() {
        stopped = true;
        waiting.clear();
    }

    /** Returns how much is being done. */
    int running() {
        return budget.inUse();
    }

    private synchronized void pump() {
        Iterator<Work> all = waiting.iterator();
        while (!stopped && all.hasNext() && budget.inUse() < most) {
            Work work = all.next();
            if (budget.tryTake(key(work), mostPerHost, most)) {
                all.remove();
                executor.execute(() -> run(work));
            }
        }
    }

    private void run(Work work) {
        try {
            work.task().run();
        } finally {
            budget.giveBack(key(work));
            pump();
        }
    }

    /** Who has no host shares with nobody. */
    private static String key(Work work) {
        return work.host() == null ? "entry " + work.id() : "host " + work.host();
    }
}
