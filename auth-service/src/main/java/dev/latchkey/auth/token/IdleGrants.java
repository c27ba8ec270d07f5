package dev.latchkey.auth.token;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Ends grants that nobody used for their idle lifetime ({@code spec/auth.md} 3.3). */
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
