package dev.latchkey.auth.entry;

import dev.latchkey.auth.entry.Change.Kind;
import dev.latchkey.auth.entry.Listing.HeldSnapshot;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.socket.EventStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * A list at one client, kept up to date. Changes wait while the list is read, and while the client takes what it was sent; what
 * has gathered goes in one event. When too much gathers, or changes may have been missed, the client gets the whole list again.
 */
final class LiveList {

    private static final Logger LOG = Logger.getLogger(LiveList.class);

    /** An addition that comes later than this is taken for a sign of others that were missed. */
    static final Duration LATE = Duration.ofMinutes(1);

    static final int MOST_WAITING = 1024;
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final int MOST_DOUBLINGS = 5;

    private final EventStream stream;
    private final Listing listing;
    private final Executor threads;
    private final Clock clock;

    /** Guards the fields that follow. */
    private final Object lock = new Object();

    private final List<Change> waiting = new ArrayList<>();
    private boolean live;
    private boolean working;
    private boolean stale;

    /** Belongs to whoever reads the list: the command at first, then the worker. */
    private volatile Set<String> recent = Set.of();

    LiveList(EventStream stream, Listing listing, Executor threads, Clock clock) {
        this.stream = stream;
        this.listing = listing;
        this.threads = threads;
        this.clock = clock;
    }

    /** Reads the list. Changes from before this on wait for {@link #goLive}. Blocks. */
    HeldSnapshot read(Caller caller) throws CommandException {
        HeldSnapshot held = listing.read(caller);
        recent = held.snapshot().recent();
        return held;
    }

    /** Sends the list, and lets the next one be read. Blocks. */
    void send(HeldSnapshot held) {
        try (held) {
            stream.send(held.snapshot().event());
        }
    }

    /** The client has its list; from now on it gets the changes. */
    void goLive() {
        synchronized (lock) {
            live = true;
            if (stale || !waiting.isEmpty()) {
                work();
            }
        }
    }

    /** Takes a change. Does not block. */
    void offer(Change change) {
        if (!listing.concerns(change)) {
            return;
        }
        synchronized (lock) {
            if (stale) {
                return;
            }
            if (waiting.size() >= MOST_WAITING || isLate(change)) {
                startOver();
            } else {
                waiting.add(change);
                work();
            }
        }
    }

    /** Sends the whole list again, because changes were missed. Does not block. */
    void startOver() {
        synchronized (lock) {
            stale = true;
            waiting.clear();
            work();
        }
    }

    private boolean isLate(Change change) {
        return change.kind() == Kind.ADDED
                && change.at().isBefore(clock.instant().minus(LATE));
    }

    private void work() {
        if (live && !working) {
            working = true;
            try {
                threads.execute(this::keepUp);
            } catch (RejectedExecutionException e) {
                // The service ends, and the connection with it.
            }
        }
    }

    private void keepUp() {
        int failures = 0;
        while (true) {
            boolean all;
            List<Change> changes;
            synchronized (lock) {
                all = stale;
                changes = List.copyOf(waiting);
                stale = false;
                waiting.clear();
                if (!all && changes.isEmpty()) {
                    working = false;
                    return;
                }
            }
            try {
                Optional<Caller> caller = stream.caller();
                if (caller.isEmpty()) {
                    return;
                }
                if (all) {
                    send(read(caller.get()));
                } else {
                    tell(changes);
                }
                failures = 0;
            } catch (CommandException e) {
                LOG.debugf("A list could not be read again: %s", e.getMessage());
                if (!pause(failures++)) {
                    return;
                }
            } catch (RuntimeException e) {
                LOG.warnf(e, "A subscriber could not be told of changes");
                if (!pause(failures++)) {
                    return;
                }
            }
        }
    }

    private void tell(List<Change> changes) {
        String told = changes.stream()
                .map(change -> change.kind() == Kind.ADDED && recent.contains(change.id())
                        ? listing.again(change)
                        : Optional.of(change))
                .flatMap(Optional::stream)
                .map(Change::json)
                .collect(Collectors.joining(","));
        if (!told.isEmpty()) {
            stream.send("[" + told + "]");
        }
    }

    /** Waits before the whole list is tried again, longer each time; returns false when the service ends. */
    private boolean pause(int failures) {
        synchronized (lock) {
            stale = true;
            waiting.clear();
        }
        long longest = FIRST_PAUSE_MILLIS << Math.min(failures, MOST_DOUBLINGS);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
