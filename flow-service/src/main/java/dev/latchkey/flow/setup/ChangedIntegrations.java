package dev.latchkey.flow.setup;

import dev.latchkey.flow.configflow.IntegrationsChanged;
import dev.latchkey.flow.entry.EntryWork;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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

    private void makeDue(Set<String> domains) {
        try {
            int due = entries.integrationsChanged(domains);
            if (due > 0) {
                LOG.infof("%d entries are tried again, because of changes to %s", due, domains);
            }
        } catch (RuntimeException e) {
            LOG.warnf("Entries of %s are tried again only when their next try is due: %s", domains, e.getMessage());
        }
    }
}
