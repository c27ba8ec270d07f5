package dev.latchkey.auth.event;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.introspect;
import static dev.latchkey.auth.Calls.revoke;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.BreakableKafka;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.PostgresTestResource;
import dev.latchkey.auth.Tokens;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Takes Kafka away: nothing waits for it, and nothing is lost (attack C20). */
@AuthServiceTest
@TestProfile(KafkaAwayIT.OwnKafka.class)
class KafkaAwayIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** A start of the service on a Kafka of its own. */
    public static class OwnKafka implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(PostgresTestResource.class), new TestResourceEntry(BreakableKafka.class));
        }
    }

    Consumer<Boolean> kafkaRuns;

    @Inject
    People people;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void aRevocationWithoutKafkaCountsIsAnsweredInTimeAndToldLater() {
        Person person = people.someone();
        await().atMost(SOON).until(() -> {
            revoke(people.signIn(person).refreshToken());
            return !TopicRecords.revocationsOf(person.id(), kafka).isEmpty();
        });
        List<String> revoked = new ArrayList<>();
        Tokens untouched = people.signIn(person);
        api(untouched.accessToken()).then().statusCode(200);
        List<Tokens> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(people.signIn(person));
        }

        kafkaRuns.accept(false);
        try {
            for (Tokens tokens : all) {
                revoked.add(introspect(tokens.refreshToken()).path("sid"));
                long start = System.nanoTime();
                assertThat(revoke(tokens.refreshToken()).statusCode()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
                api(tokens.accessToken()).then().statusCode(401);
                api(untouched.accessToken()).then().statusCode(200);
            }
        } finally {
            kafkaRuns.accept(true);
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(TopicRecords.revocationsOf(person.id(), kafka).stream()
                                .flatMap(TopicRecords::grantIds))
                        .containsAll(revoked));
        api(untouched.accessToken()).then().statusCode(200);
    }
}
