package dev.latchkey.flow.setup;

import dev.latchkey.flow.entry.SelfReplica;
import dev.latchkey.platform.http.DatabaseOutage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps the work on entries going from the start of the service to its end. */
@ApplicationScoped
class WorkLoops {

    private static final Logger LOG = Logger.getLogger(WorkLoops.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration TO_FINISH = Duration.ofSeconds(3);
    private static final int SIGNS_IN_A_LIFETIME = 4;

    private interface Turn {
        void take() throws InterruptedException;
    }

    private final SelfReplica self;
    private final Worker worker;
    private final StepWriter writer;
    private final SetUpConfig config;
    private final ExecutorService virtualThreads;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch written = new CountDownLatch(1);

    WorkLoops(
            SelfReplica self,
            Worker worker,
            StepWriter writer,
            SetUpConfig config,
            @VirtualThreads ExecutorService virtualThreads) {
        this.self = self;
        this.worker = worker;
        this.writer = writer;
        this.config = config;
        this.virtualThreads = virtualThreads;
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 500) StartupEvent start) {
        self.live(config.replicaLifetime());
        Duration signs = config.replicaLifetime().dividedBy(SIGNS_IN_A_LIFETIME);
        virtualThreads.execute(() -> repeat("saying that this replica lives", () -> {
            stopping.await(signs.toMillis(), TimeUnit.MILLISECONDS);
            if (stopping.getCount() > 0) {
                self.live(config.replicaLifetime());
            }
        }));
        virtualThreads.execute(() -> repeat("looking for entries that are due", () -> {
            if (!worker.takeWhatIsDue()) {
                worker.sleep(POLL);
            }
        }));
        virtualThreads.execute(() -> {
            writer.run();
            written.countDown();
        });
    }

    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        stopping.countDown();
        worker.stop(TO_FINISH);
        writer.stop();
        written.await(TO_FINISH.toMillis(), TimeUnit.MILLISECONDS);
        try {
            self.leave();
        } catch (RuntimeException e) {
            LOG.warnf("Other replicas learn only in a while that this one stops: %s", e.getMessage());
        }
    }

    private void repeat(String what, Turn turn) {
        while (stopping.getCount() > 0) {
            try {
                turn.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (DatabaseOutage.isBehind(e)) {
                    LOG.warnf("The database is away (%s): %s", what, e.getMessage());
                } else {
                    LOG.errorf(e, "Failed and tried again: %s", what);
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            stopping.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
