package dev.latchkey.auth.event;

import static dev.latchkey.auth.Calls.revoke;
import static dev.latchkey.testing.AsyncApiDocument.documentable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.platform.event.TopicSettings;
import dev.latchkey.platform.outbox.Publication;
import dev.latchkey.testing.AsyncApiDocument;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Holds docs/asyncapi.yaml against what is really sent. */
@AuthServiceTest
class AsyncApiIT {

    private final AsyncApiDocument document = AsyncApiDocument.read();

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    Publication publication;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.references()).hasSizeGreaterThan(10);
        assertThat(document.deadReferences()).isEmpty();
    }

    @Test
    void everyMessageHasAnExampleOfItsSchema() {
        assertThat(document.violationsOfExamples()).isEmpty();
    }

    @Test
    void whatIsSentIsWhatTheDocumentSays() {
        Person person = people.someone("system-users");
        revoke(people.signIn(person).refreshToken());
        users.update(person.id(), new UserChange("Ada", null, null, null));
        users.delete(person.id());
        for (TopicSettings topic : publication.topics()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> typesOn(topic.name()).containsAll(document.types(topic.name())));
            assertThat(document.types(topic.name())).isNotEmpty();
            assertThat(TopicRecords.read(kafka, topic.name()))
                    .allSatisfy(record -> assertThat(document.violations(
                                    topic.name(), TopicRecords.headers(record), record.key(), record.value()))
                            .isEmpty());
        }
    }

    private Set<String> typesOn(String topic) {
        Set<String> types = new HashSet<>();
        TopicRecords.read(kafka, topic).forEach(record -> types.add(TopicRecords.type(record)));
        return types;
    }

    @Test
    void theTopicsAreMadeAsTheDocumentSays() {
        assertThat(publication.topics()).isNotEmpty().allSatisfy(topic -> {
            assertThat(document.partitions(topic.name())).isEqualTo(topic.partitions());
            assertThat(document.settings(topic.name())).isEqualTo(documentable(topic.configuration()));
        });
    }
}
