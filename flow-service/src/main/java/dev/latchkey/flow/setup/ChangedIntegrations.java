package dev.latchkey.flow.setup;

import dev.latchkey.flow.configflow.IntegrationsChanged;
import dev.latchkey.flow.entry.EntryWork;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/**
 * Has entries tried again as soon as their integration comes back or is another, instead of when their next try is due. They are worked
 * on like everything that is due: so many at once, and so many of one host.
 */
@ApplicationScoped
class ChangedIntegrations {

    private static final Logger LOG = Logger.getLogger(ChangedIntegrations.class);

    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final EntryWork entries;
    private final ExecutorService virtualThreads;

    ChangedIntegrations(EntryWork entries, @VirtualThreads ExecutorService virtualThreads) {
        this.entries = entries;
        this.virtualThreads = virtualThreads;
    }

    /** Whoever noticed the change does not wait for the database. */
    void changed(@Observes IntegrationsChanged change) {
        virtualThreads.execute(() -> makeDue(change.domains()));
    }

    /** Some of the entries have no next try of their own, so this one has to come. */
    private void makeDue(Set<String> domains) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                int due = entries.integrationsChanged(domains);
                if (due > 0) {
                    LOG.infof("%d entries are tried again, because of changes to %s", due, domains);
                }
                return;
            } catch (RuntimeException e) {
                LOG.warnf("Entries of %s could not be made due: %s", domains, e.getMessage());
            }
            try {
                Thread.sleep(PAUSE.multipliedBy(attempt));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        LOG.errorf("Entries of %s that failed for good are tried again when somebody reloads them", domains);
    }
}
