package dev.latchkey.auth.entry;

import dev.latchkey.auth.socket.EventStream;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The lists that clients of this replica follow. Each gets every change that concerns it; none waits for another. */
@ApplicationScoped
class LiveLists {

    private final Set<LiveList> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("live-list-", 0).factory());
    private final MeterRegistry metrics;
    private final Clock clock;

    LiveLists(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** At the start, so that the series is there before the first subscription. */
    void measure(@Observes StartupEvent start) {
        metrics.gauge("latchkey.auth.socket.subscriptions", open, Set::size);
    }

    /** Begins to follow a list, until nobody listens to the stream any more. */
    LiveList open(EventStream stream, Listing listing) {
        LiveList list = new LiveList(stream, listing, threads, clock);
        open.add(list);
        stream.whenOver(() -> open.remove(list));
        return list;
    }

    /** Tells of a change. Does not block. */
    void tell(Change change) {
        open.forEach(list -> list.offer(change));
    }

    /** Has every list read again, because changes may have been missed. Does not block. */
    void startOver() {
        open.forEach(LiveList::startOver);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
