package dev.latchkey.platform.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.event.KafkaForTests;
import dev.latchkey.platform.event.OutboxEvents;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.net.ClientAddress;
import dev.latchkey.platform.outbox.OutboxEvent;
import dev.latchkey.platform.token.AccessToken;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UsersIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final ClientAddress REMOTE = new ClientAddress(InetAddress.getLoopbackAddress(), false);
    private static final ClientAddress LOCAL = new ClientAddress(InetAddress.getLoopbackAddress(), true);

    private static KnownUser user(String id, String name) {
        return new KnownUser(id, name, Set.of("system-users"), true, false);
    }

    private static void send(KafkaForTests kafka, List<OutboxEvent> events) {
        kafka.send(
                Topics.USERS.name(),
                events.stream().map(OutboxEvents::published).toList());
    }

    private static AccessToken of(String userId, AccessToken token) {
        return new AccessToken(
                token.id(),
                userId,
                token.grantId(),
                token.clientId(),
                token.groups(),
                token.issuedAt(),
                token.expiresAt());
    }

    @Test
    void usersAreKnownAsTheyWereLastSaidToBe() {
        Instant now = Instant.now();
        try (KafkaForTests kafka = new KafkaForTests();
                Users users = new Users(kafka.settings(), new SimpleMeterRegistry())) {
            users.start();
            assertThat(users.readToItsEnd()).as("there is no topic yet").isFalse();
            Topics.ensure(List.of(Topics.USERS), kafka.settings());
            send(kafka, List.of(user("a", "Ada").changed(now), user("b", "Bob").changed(now)));
            await().atMost(SOON).until(() -> users.find("b").isPresent());
            assertThat(users.find("a")).contains(user("a", "Ada"));
            await().atMost(SOON).until(users::readToItsEnd);

            KnownUser changed = new KnownUser("a", "Zoë", Set.of("system-admin", "system-users"), false, true);
            send(kafka, List.of(changed.changed(now)));
            send(kafka, KnownUser.deleted("b", now));
            send(kafka, List.of(user("c", "Cy").changed(now)));

            await().atMost(SOON).until(() -> users.find("c").isPresent());
            assertThat(users.find("a")).contains(changed);
            assertThat(users.find("b")).isEmpty();

            AccessToken token = new AccessToken("t", "c", "g", "app", Set.of("system-admin"), now, now.plusSeconds(60));
            assertThat(users.groupsOf(token, REMOTE)).as("as they are now").contains(Set.of("system-users"));
            assertThat(users.groupsOf(of("b", token), REMOTE)).as("deleted").isEmpty();
            assertThat(users.groupsOf(of("a", token), REMOTE)).as("deactivated").isEmpty();
            send(kafka, List.of(new KnownUser("c", "Cy", Set.of(), true, true).changed(now)));
            await().atMost(SOON).until(() -> users.find("c").orElseThrow().localOnly());
            assertThat(users.groupsOf(token, REMOTE)).as("only local").isEmpty();
            assertThat(users.groupsOf(token, LOCAL)).contains(Set.of());
            send(kafka, List.of(user("c", "Cy").changed(now)));
            await().atMost(SOON).until(() -> !users.find("c").orElseThrow().localOnly());

            try (Users later = new Users(kafka.settings(), new SimpleMeterRegistry())) {
                later.start();
                await().atMost(SOON).until(later::readToItsEnd);
                assertThat(later.find("a")).contains(changed);
                assertThat(later.find("b")).isEmpty();
                assertThat(later.find("c")).contains(user("c", "Cy"));
            }
        }
    }
}
