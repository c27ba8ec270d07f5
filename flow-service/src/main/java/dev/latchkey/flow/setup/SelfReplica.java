package dev.latchkey.flow.setup;

import dev.latchkey.flow.entry.Replicas;
import dev.latchkey.platform.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Which replica this process is. It says that it lives, and ends those that do not. When it was silent for too long itself, others
 * have its entries, and it goes on as a new one.
 */
@ApplicationScoped
class SelfReplica {

    private static final Logger LOG = Logger.getLogger(SelfReplica.class);

    private final Replicas replicas;
    private final SetUpConfig config;
    private volatile String id;

    SelfReplica(Replicas replicas, SetUpConfig config) {
        this.replicas = replicas;
        this.config = config;
    }

    /** Returns the id; null before {@link #live} succeeded for the first time. */
    String id() {
        return id;
    }

    /** Says that it lives, and looks who does not. */
    void live() {
        String present = id;
        if (present == null || !replicas.live(present, config.replicaLifetime())) {
            if (present != null) {
                LOG.warn("This replica was taken for dead; others set its entries up");
            }
            String next = Secrets.randomId();
            replicas.register(next, config.replicaLifetime());
            id = next;
        }
        int orphans = replicas.buryTheDead();
        if (orphans > 0) {
            LOG.infof("A replica is gone; %d entries are set up again", orphans);
        }
    }

    /** Leaves its entries to others. */
    void leave() {
        String present = id;
        if (present != null) {
            replicas.leave(present);
        }
    }
}
