package dev.latchkey.auth.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the other services learn of users. */
@AuthServiceTest
class UserEventsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    People people;

    @Inject
    UserService users;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private List<ConsumerRecord<String, String>> published(Person person) {
        return TopicRecords.read(kafka, "latchkey.auth.users").stream()
                .filter(record -> record.key().equals(person.id()))
                .toList();
    }

    @Test
    void eachChangeOfAUserIsToldInOrderAndNothingThatOpensADoor() {
        Person person = people.someone("system-users");
        users.update(person.id(), new UserChange("Zoë", null, List.of("system-admin", "system-users"), null));
        users.update(person.id(), new UserChange(null, false, null, true));
        users.delete(person.id());

        await().atMost(SOON).until(() -> published(person).size() == 5);
        List<ConsumerRecord<String, String>> told = published(person);
        assertThat(told.subList(0, 3))
                .extracting(record -> TopicRecords.json(record).path("name").asText()
                        + TopicRecords.json(record).path("groups")
                        + TopicRecords.json(record).path("is_active")
                        + TopicRecords.json(record).path("local_only"))
                .containsExactly(
                        "Someone[\"system-users\"]truefalse",
                        "Zoë[\"system-admin\",\"system-users\"]truefalse",
                        "Zoë[\"system-admin\",\"system-users\"]falsetrue");
        assertThat(TopicRecords.type(told.get(3))).isEqualTo("dev.latchkey.auth.user.deleted.v1");
        assertThat(told.get(4).value()).isNull();
        assertThat(told).noneMatch(record -> record.toString().contains(person.username()));
    }

    @Test
    void theOwnerIsToldToo() {
        Person owner = people.owner();
        await().atMost(SOON).untilAsserted(() -> assertThat(published(owner)).isNotEmpty());
    }
}
