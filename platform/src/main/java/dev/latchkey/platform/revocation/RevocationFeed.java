package dev.latchkey.platform.revocation;

import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.TopicListener;
import dev.latchkey.platform.event.TopicReader;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.event.UnreadableEventException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Follows the topic of revocations: tells of each one, and whether it can be relied on that there were no others. Revocations
 * come again after a start, when Kafka lost the topic, and sometimes for no reason.
 */
public final class RevocationFeed implements AutoCloseable {

    /** How long nothing may be heard before decisions cannot be made from memory (decision R3). */
    public static final Duration STALE_AFTER = Duration.ofSeconds(2);

    private final Heartbeats heartbeats = new Heartbeats(STALE_AFTER, System::nanoTime);
    private final RevocationMetrics metrics;
    private final Consumer<Revocation> revoked;
    private final Runnable tick;
    private final TopicReader reader;

    private volatile boolean unreadable;

    /** Null before the first heartbeat. */
    private String topicId;

    /**
     * @param kafka how to reach Kafka, as settings of its clients
     * @param revoked is told of each revocation, on one thread
     * @param tick is called on that thread several times a second
     */
    public RevocationFeed(
            Map<String, Object> kafka,
            Consumer<Revocation> revoked,
            Runnable tick,
            MeterRegistry registry,
            Clock clock) {
        this.revoked = revoked;
        this.tick = tick;
        this.reader = new TopicReader(Topics.REVOCATIONS.name(), kafka, new Listener());
        this.metrics = new RevocationMetrics(registry, clock, this);
    }

    /** Starts to follow. Returns at once. */
    public void start() {
        reader.start();
    }

    /** Tells of every revocation again; until that is done it cannot be relied on that there are no others. */
    void startOver() {
        reader.startOver();
    }

    /** Tells whether everything was read that had been revoked when this began. */
    public boolean readToItsEnd() {
        return reader.caughtUp();
    }

    /** Returns why there may be revocations that this has not told of for too long, or that there are none. Never blocks. */
    public Staleness staleness() {
        if (!reader.caughtUp()) {
            return Staleness.NOT_READ;
        }
        if (unreadable) {
            return Staleness.UNREADABLE;
        }
        return heartbeats.recent() ? Staleness.NONE : Staleness.NO_HEARTBEAT;
    }

    /** Returns for how long nothing is known of revocations. */
    Duration behind() {
        return heartbeats.behind();
    }

    private final class Listener implements TopicListener {

        @Override
        public void apply(Event event) {
            if (event.data() == null) {
                // May be forgotten, which the clock decides: who says so may have another time.
                return;
            }
            switch (event.type()) {
                case Revocation.TYPE -> {
                    Revocation revocation = Revocation.of(event);
                    revoked.accept(revocation);
                    if (reader.caughtUp()) {
                        metrics.applied(revocation);
                    }
                }
                case Liveness.TYPE -> heard(Liveness.of(event));
                default -> {
                    // Said to others.
                }
            }
        }

        private void heard(Liveness liveness) {
            if (topicId != null && !topicId.equals(liveness.topicId())) {
                heartbeats.forget();
                reader.startOver();
            } else if (reader.caughtUp()) {
                // Earlier ones are of the past and only look as if they had come now.
                if (!heartbeats.heard(liveness.asOf(), reader.readUpTo())) {
                    reader.lookForEnd();
                }
            }
            topicId = liveness.topicId();
        }

        @Override
        public void unreadable(UnreadableEventException why) {
            unreadable = true;
        }

        @Override
        public void tick() {
            tick.run();
        }
    }

    /** Ends following. */
    @Override
    public void close() {
        reader.close();
    }
}
