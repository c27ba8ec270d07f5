package dev.latchkey.auth.onboarding;

import dev.latchkey.auth.OwnerConfig;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.UserException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Makes the first user of an unattended installation at its first start. */
@ApplicationScoped
class OwnerFromEnvironment {

    private static final Logger LOG = Logger.getLogger(OwnerFromEnvironment.class);

    void createOwner(
            @Observes @Priority(10) StartupEvent start,
            OwnerConfig owner,
            PasswordProvider passwords,
            IntegrationStep integration) {
        if (owner.username().isEmpty() && owner.password().isEmpty()) {
            return;
        }
        if (owner.username().isEmpty() || owner.password().isEmpty()) {
            throw new IllegalStateException("Set both LATCHKEY_OWNER_USERNAME and LATCHKEY_OWNER_PASSWORD, or neither");
        }
        try {
            passwords
                    .createOwner(
                            owner.name(),
                            owner.username().get(),
                            owner.password().get())
                    .ifPresent(created -> LOG.infof(
                            "Created the owner from the environment: user %s",
                            created.account().id()));
            integration.skip();
        } catch (UserException e) {
            throw new IllegalStateException("LATCHKEY_OWNER_USERNAME or LATCHKEY_OWNER_PASSWORD: " + e.getMessage(), e);
        }
    }
}
