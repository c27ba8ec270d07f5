package dev.latchkey.flow.setup;

import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.EntryWork;
import dev.latchkey.flow.entry.Held;
import dev.latchkey.flow.entry.Life;
import dev.latchkey.flow.entry.LifeStep;
import dev.latchkey.flow.entry.SelfReplica;
import dev.latchkey.platform.http.MessageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Gets hold of entries for people who wait. Waiting holds no connection, and no more than so many can wait. */
@ApplicationScoped
class Holds {

    private static final int MOST_WAITING = 128;
    private static final int LONGEST_PAUSE_MILLIS = 80;
    private static final int SHORTEST_PAUSE_MILLIS = 10;

    /** Longer than the longest piece of work takes. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final EntryWork entries;
    private final Worker worker;
    private final StepWriter writer;
    private final SelfReplica self;
    private final Clock clock;
    private final Duration longest;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    Holds(EntryWork entries, Worker worker, StepWriter writer, SelfReplica self, Clock clock, SetUpConfig config) {
        this.entries = entries;
        this.worker = worker;
        this.writer = writer;
        this.self = self;
        this.clock = clock;
        this.longest = config.timeout().plus(MARGIN);
    }

    /**
     * Takes hold of an entry as soon as nobody works on it.
     *
     * @throws dev.latchkey.flow.entry.UnknownEntryException when there is none
     * @throws MessageException 503 when that takes too long
     */
    Held take(String entryId) {
        return tryTake(entryId).orElseThrow(Holds::busy);
    }

    /**
     * Takes hold of an entry as soon as nobody works on it.
     *
     * @return nothing when that takes too long
     * @throws dev.latchkey.flow.entry.UnknownEntryException when there is none
     */
    Optional<Held> tryTake(String entryId) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            long end = System.nanoTime() + longest.toNanos();
            while (System.nanoTime() < end) {
                Optional<Held> held = entries.hold(self.id(), entryId);
                if (held.isPresent()) {
                    return held;
                }
                TimeUnit.MILLISECONDS.sleep(
                        ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
        return Optional.empty();
    }

    /**
     * Does something with a held entry within what may be done at once, and returns what comes of it.
     *
     * @throws MessageException 503 when its turn does not come in time, or the service stops; what was begun goes on
     */
    <T> Optional<T> work(Held held, Supplier<Optional<T>> task) {
        try {
            return worker.urgent(held, task).get(2 * longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (TimeoutException e) {
            throw busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("work on an entry failed", e.getCause());
        }
    }

    /** Ends a hold without having done anything; when the database is away, as soon as it is back. */
    void letGo(Held held) {
        writer.write(LifeStep.end(held, life -> life));
    }

    /** Ends a hold after something went wrong, if it did not end yet. What was begun and not ended is due at once. */
    void giveUp(Held held) {
        writer.write(LifeStep.end(held, this::dueIfBegun));
    }

    private Life dueIfBegun(Life life) {
        boolean begun = life.state() == EntryState.UNLOAD_IN_PROGRESS || life.state() == EntryState.SETUP_IN_PROGRESS;
        return begun ? life.dueAt(clock.instant()) : life;
    }

    static MessageException busy() {
        return new MessageException(503, "The entry is busy. Try again in a moment.");
    }
}
