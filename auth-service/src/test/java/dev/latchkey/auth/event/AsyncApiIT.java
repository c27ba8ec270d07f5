package dev.latchkey.auth.event;

import static dev.latchkey.auth.Calls.revoke;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.platform.event.TopicSettings;
import dev.latchkey.platform.outbox.Publication;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Holds docs/asyncapi.yaml against what is really sent. */
@AuthServiceTest
class AsyncApiIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V7);

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    Publication publication;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private static JsonNode document() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("../docs/asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Follows a reference within the document. */
    private static JsonNode resolve(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null
                ? node
                : resolve(DOCUMENT.at(reference.textValue().substring(1)));
    }

    private static JsonNode channelOf(String topic) {
        for (JsonNode channel : DOCUMENT.get("channels")) {
            if (channel.get("address").textValue().equals(topic)) {
                return channel;
            }
        }
        throw new AssertionError("the document has no channel for " + topic);
    }

    private static JsonSchema schema(JsonNode node) {
        SchemaValidatorsConfig strict =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        ObjectNode schema = resolve(node).deepCopy();
        // Where the references inside it lead.
        schema.set("components", DOCUMENT.get("components"));
        return SCHEMAS.getSchema(schema, strict);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = DOCUMENT.findValues("$ref");
        assertThat(references)
                .hasSizeGreaterThan(10)
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.at(reference.textValue().substring(1)).isMissingNode())
                        .as(reference.textValue())
                        .isFalse());
    }

    @Test
    void everyExampleIsOfItsSchema() {
        for (JsonNode message : DOCUMENT.at("/components/messages")) {
            assertThat(message.at("/examples").size()).isPositive();
            for (JsonNode example : message.get("examples")) {
                assertThat(schema(message.get("payload")).validate(example.get("payload")))
                        .isEmpty();
            }
        }
    }

    @Test
    void whatIsSentIsWhatTheDocumentSays() {
        Person person = people.someone("system-users");
        revoke(people.signIn(person).refreshToken());
        users.update(person.id(), new UserChange("Ada", null, null, null));
        users.delete(person.id());
        for (TopicSettings topic : publication.topics()) {
            Map<String, JsonNode> messageByType = new HashMap<>();
            channelOf(topic.name())
                    .get("messages")
                    .forEach(message ->
                            messageByType.put(resolve(message).get("name").textValue(), resolve(message)));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> typesOn(topic.name()).containsAll(messageByType.keySet()));
            List<ConsumerRecord<String, String>> records = TopicRecords.read(kafka, topic.name());
            assertThat(records).allSatisfy(record -> {
                JsonNode message = messageByType.get(TopicRecords.type(record));
                assertThat(message).as(TopicRecords.type(record)).isNotNull();
                JsonNode headers = JSON.valueToTree(TopicRecords.headers(record));
                assertThat(schema(message.get("headers")).validate(headers)).isEmpty();
                assertThat(
                                record.value() == null
                                        ? new ArrayList<>()
                                        : schema(message.get("payload")).validate(TopicRecords.json(record)))
                        .isEmpty();
            });
        }
    }

    private Set<String> typesOn(String topic) {
        Set<String> types = new HashSet<>();
        TopicRecords.read(kafka, topic).forEach(record -> types.add(TopicRecords.type(record)));
        return types;
    }

    @Test
    void theTopicsAreMadeAsTheDocumentSays() {
        for (TopicSettings topic : publication.topics()) {
            JsonNode kafkaBinding = channelOf(topic.name()).at("/bindings/kafka");
            assertThat(kafkaBinding.get("partitions").intValue()).isEqualTo(topic.partitions());
            assertThat(kafkaBinding.at("/topicConfiguration/cleanup.policy/0").textValue())
                    .isEqualTo(topic.configuration().get("cleanup.policy"));
            assertThat(kafkaBinding
                            .at("/topicConfiguration/delete.retention.ms")
                            .asText())
                    .isEqualTo(topic.configuration().get("delete.retention.ms"));
        }
    }
}
