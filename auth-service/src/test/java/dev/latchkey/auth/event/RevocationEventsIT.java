package dev.latchkey.auth.event;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.introspect;
import static dev.latchkey.auth.Calls.redeem;
import static dev.latchkey.auth.Calls.revoke;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.EventRecords;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.outbox.OutboxEvent;
import dev.latchkey.platform.revocation.Revocation;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the other services learn of revocations, and when (decisions R1 and A17). */
@AuthServiceTest
class RevocationEventsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    PasswordProvider passwords;

    @Inject
    AgroalDataSource database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @BeforeEach
    void awaitHeartbeat() {
        // From then on the service waits for what it publishes.
        Person person = people.someone();
        await().atMost(SOON).until(() -> {
            Tokens tokens = people.signIn(person);
            revoke(tokens.refreshToken());
            return !published(person).isEmpty();
        });
    }

    private List<JsonNode> published(Person person) {
        return TopicRecords.revocationsOf(person.id(), kafka);
    }

    private static String grantId(Tokens tokens) {
        return introspect(tokens.refreshToken()).path("sid");
    }

    @Test
    void whenACallThatRevokesIsAnsweredItsEventIsPublished() {
        Person person = people.someone();
        for (int i = 1; i <= 5; i++) {
            Tokens tokens = people.signIn(person);
            String grantId = grantId(tokens);

            revoke(tokens.refreshToken());

            List<JsonNode> published = published(person);
            assertThat(published).hasSize(i);
            assertThat(TopicRecords.grantIds(published.getLast())).containsExactly(grantId);
            assertThat(published.getLast().get("cause").textValue()).isEqualTo("token_revoked");
            Instant expiry = Instant.ofEpochSecond(
                    published.getLast().get("grants").get(0).get("expires_at").longValue());
            assertThat(expiry)
                    .as("as long as an access token could live")
                    .isBetween(Instant.now().plusSeconds(1800), Instant.now().plusSeconds(1900));
        }
    }

    @Test
    void oneEventHasAllGrantsOfAUserThatEndTogether() {
        Person person = people.someone();
        List<String> grants = java.util.stream.Stream.of(people.signIn(person), people.signIn(person))
                .map(RevocationEventsIT::grantId)
                .toList();

        users.update(person.id(), new UserChange(null, false, null, null));

        List<JsonNode> published = published(person);
        assertThat(published).hasSize(1);
        assertThat(TopicRecords.grantIds(published.getFirst())).containsExactlyInAnyOrderElementsOf(grants);
        assertThat(published.getFirst().get("cause").textValue()).isEqualTo("access_ended");
    }

    @Test
    void deletingAUserEndsItsGrantsEverywhere() {
        Person person = people.someone();
        String grantId = grantId(people.signIn(person));
        users.delete(person.id());
        assertThat(published(person).stream().flatMap(TopicRecords::grantIds)).containsExactly(grantId);
    }

    @Test
    void aNewPasswordEndsTheOtherGrantsEverywhere() {
        Person person = people.someone();
        String mine = grantId(people.signIn(person));
        String other = grantId(people.signIn(person));
        passwords.changePassword(person.id(), mine, person.password(), "another horse", true);
        assertThat(published(person).stream().flatMap(TopicRecords::grantIds)).containsExactly(other);
    }

    @Test
    void signingOutEverywhereEndsAllGrantsEverywhere() {
        Person person = people.someone();
        String other = grantId(people.signIn(person));
        Tokens tokens = people.signIn(person);
        String mine = grantId(tokens);
        try (SocketClient client = SocketClient.signedIn(tokens)) {
            client.send(SocketClient.json("id", 1, "type", "auth/delete_all_refresh_tokens"));
            assertThat(client.closeCode()).isEqualTo(1000);
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(published(person).stream().flatMap(TopicRecords::grantIds))
                        .containsExactlyInAnyOrder(mine, other));
    }

    @Test
    void aCodeThatIsRedeemedTwiceEndsWhatItGrantedEverywhere() {
        Person person = people.someone();
        String code = people.code(person);
        Tokens tokens = People.exchange(code, People.CLIENT_ID);
        String grantId = grantId(tokens);
        redeem(code).then().statusCode(400);
        assertThat(published(person).stream().flatMap(TopicRecords::grantIds)).containsExactly(grantId);
        assertThat(published(person).getFirst().get("cause").textValue()).isEqualTo("code_reused");
    }

    @Test
    void whatAnotherReplicaRevokesEndsTokensAndSocketsHere() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);
        String grantId = grantId(tokens);
        try (SocketClient client = SocketClient.signedIn(tokens)) {
            api(tokens.accessToken()).then().statusCode(200);

            sayAsAnotherReplica(new Revocation(
                    grantId,
                    person.id(),
                    "token_revoked",
                    Instant.now(),
                    Map.of(grantId, Instant.now().plusSeconds(1860))));

            assertThat(client.closeCode()).isEqualTo(1000);
            api(tokens.accessToken()).then().statusCode(401);
        }
    }

    private void sayAsAnotherReplica(Revocation revocation) {
        OutboxEvent said = revocation.toEvent();
        Event event = new Event(
                UUID.randomUUID().toString(),
                URI.create("/latchkey/auth-service"),
                said.type(),
                said.subject(),
                said.time(),
                said.key(),
                1,
                People.json(said.data()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka, "enable.metrics.push", false);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(EventRecords.write(Topics.REVOCATIONS.name(), event));
        }
    }

    @Test
    void aHundredThousandGrantsOfOneUserEndInBoundedTime() throws Exception {
        int grants = 100_000;
        Person person = people.someone();
        Tokens tokens = people.signIn(person);
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        insert into refresh_token
                            (id, user_id, token_type, token_hash, client_id, access_token_lifetime, created_at, expire_at)
                        select replace(gen_random_uuid()::text, '-', ''), ?, 'normal', sha256(n::text::bytea),
                            'https://app.example/', 1800, now(), now() + interval '90 days'
                        from generate_series(1, ?) n
                        """)) {
            statement.setString(1, person.id());
            statement.setInt(2, grants - 1);
            statement.executeUpdate();
        }
        long start = System.nanoTime();

        users.update(person.id(), new UserChange(null, false, null, null));

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("100,000 grants ended in " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(30));
        api(tokens.accessToken()).then().statusCode(401);
        await().atMost(SOON).untilAsserted(() -> {
            List<JsonNode> published = published(person);
            assertThat(published).hasSize(grants / Revocation.MOST_IN_ONE_EVENT);
            assertThat(published.stream().flatMap(TopicRecords::grantIds).distinct())
                    .hasSize(grants);
        });
    }
}
