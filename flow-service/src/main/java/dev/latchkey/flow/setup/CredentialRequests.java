package dev.latchkey.flow.setup;

import dev.latchkey.flow.entry.AuthenticationRefused;
import dev.latchkey.flow.entry.Entries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Has people asked for new credentials; when that fails, a few times more, while nobody waits for it. */
@ApplicationScoped
class CredentialRequests {

    private static final Logger LOG = Logger.getLogger(CredentialRequests.class);
    private static final int TRIES = 4;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Event<AuthenticationRefused> refused;
    private final Entries entries;

    CredentialRequests(Event<AuthenticationRefused> refused, Entries entries) {
        this.refused = refused;
        this.entries = entries;
    }

    /** Asks for the credentials of an entry. Whatever comes of it, what was written about the entry stands. */
    void ask(String entryId, String reason) {
        AuthenticationRefused event = new AuthenticationRefused(entryId, reason);
        try {
            refused.fire(event);
        } catch (RuntimeException e) {
            LOG.warnf(e, "No re-authentication could be started for entry %s yet", entryId);
            Thread.ofVirtual().name("reauth-" + entryId).start(() -> askAgain(event));
        }
    }

    private void askAgain(AuthenticationRefused event) {
        for (int next = 2; next <= TRIES; next++) {
            try {
                Thread.sleep(PAUSE.multipliedBy(next));
                if (entries.isRefused(event.entryId())) {
                    refused.fire(event);
                }
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warnf("No re-authentication could be started for entry %s: %s", event.entryId(), e.getMessage());
            }
        }
        LOG.errorf("No re-authentication could be started for entry %s; its next try does", event.entryId());
    }
}
