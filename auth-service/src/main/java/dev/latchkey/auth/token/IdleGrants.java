package dev.latchkey.auth.token;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Ends grants whose time is over: not used for their idle lifetime, or of a long-lived token that has expired. */
@ApplicationScoped
class IdleGrants {

    private final GrantRevocation revocation;
    private final LastUse lastUse;

    IdleGrants(GrantRevocation revocation, LastUse lastUse) {
        this.revocation = revocation;
        this.lastUse = lastUse;
    }

    @Scheduled(every = "PT1M", delayed = "PT1M")
    void end() {
        lastUse.write();
        revocation.revokeExpired();
    }
}
