package dev.latchkey.auth.user;

import dev.latchkey.platform.outbox.Outbox;
import dev.latchkey.platform.user.KnownUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;

/** Tells the other services who the users are, in the transaction that makes, changes or deletes one and holds its lock. */
@ApplicationScoped
class PublishedUsers {

    private final UserRepository users;
    private final Outbox outbox;
    private final Clock clock;

    PublishedUsers(UserRepository users, Outbox outbox, Clock clock) {
        this.users = users;
        this.outbox = outbox;
        this.clock = clock;
    }

    void publish(@Observes AccountChanged change) {
        users.findByIdOptional(change.userId())
                .map(UserEntity::toAccount)
                .map(account -> new KnownUser(
                        account.id(), account.name(), account.groups(), account.active(), account.localOnly()))
                .ifPresentOrElse(
                        user -> outbox.add(user.changed(clock.instant())),
                        () -> outbox.addAll(KnownUser.deleted(change.userId(), clock.instant())));
    }
}
