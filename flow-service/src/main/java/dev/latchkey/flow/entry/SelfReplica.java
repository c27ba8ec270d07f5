package dev.latchkey.flow.entry;

import dev.latchkey.platform.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Which replica this process is. It says that it lives, and ends those that do not. When it was silent for too long itself, others
 * have its entries, and it goes on as a new one.
 */
@ApplicationScoped
public class SelfReplica {

    private static final Logger LOG = Logger.getLogger(SelfReplica.class);

    private final Replicas replicas;
    private volatile String id;

    public SelfReplica(Replicas replicas) {
        this.replicas = replicas;
    }

    /** Returns the id; null before {@link #live(Duration)} succeeded for the first time. */
    public String id() {
        return id;
    }

    /**
     * Says that it lives, and looks who does not.
     *
     * @param lifetime for which it may be silent from now on
     */
    public void live(Duration lifetime) {
        String present = id;
        if (present == null || !replicas.live(present, lifetime)) {
            if (present != null) {
                LOG.warn("This replica was taken for dead; others set its entries up");
            }
            String next = Secrets.randomId();
            replicas.register(next, lifetime);
            id = next;
        }
        int orphans = replicas.buryTheDead();
        if (orphans > 0) {
            LOG.infof("A replica is gone; %d entries are set up again", orphans);
        }
    }

    /** Leaves what it has to others. */
    public void leave() {
        String present = id;
        if (present != null) {
            replicas.leave(present);
        }
    }
}
