package dev.latchkey.flow.event;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.World.ENTRIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.embedded.KafkaBroker;
import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.OwnDatabase;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.testing.AsyncApiDocument;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What other services learn from the topic of entries (decision F12). */
@FlowServiceTest
@QuarkusTestResource(value = EntryEventsIT.Kafka.class, restrictToAnnotatedClass = true)
@TestProfile(OwnDatabase.class)
class EntryEventsIT {

    /** A broker of its own. */
    public static class Kafka implements QuarkusTestResourceLifecycleManager {

        private KafkaBroker broker;

        @Override
        public Map<String, String> start() {
            broker = KafkaBroker.ephemeral();
            return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
        }

        @Override
        public void stop() {
            if (broker != null) {
                broker.close();
            }
        }
    }

    private final AsyncApiDocument document = AsyncApiDocument.read();

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    ObjectMapper mapper;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void theLifeOfAnEntryIsToldInOrderAndWithoutSecrets() throws IOException {
        FakeIntegration fake = integrations.make();
        String id = world.createIn(EntryState.LOADED, fake);
        fake.answers(new AuthenticationFailed("revoked: s3cr3t-t0k3n"));
        admin().post(ENTRIES + id + "/reload").then().statusCode(200);
        admin().delete(ENTRIES + id).then().statusCode(200);

        List<ConsumerRecord<String, byte[]>> told = told(id);

        assertThat(told)
                .extracting(EntryEventsIT::type)
                .containsExactly(
                        "dev.latchkey.flow.entry.created.v1",
                        "dev.latchkey.flow.entry.state_changed.v1",
                        "dev.latchkey.flow.entry.state_changed.v1",
                        "dev.latchkey.flow.entry.state_changed.v1",
                        "dev.latchkey.flow.entry.state_changed.v1",
                        "dev.latchkey.flow.entry.state_changed.v1",
                        "dev.latchkey.flow.entry.reauth_required.v1",
                        "dev.latchkey.flow.entry.reloaded.v1",
                        "dev.latchkey.flow.entry.removed.v1");
        List<String> states = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : told) {
            JsonNode data = mapper.readTree(record.value());
            assertThat(data.path("entry").size()).isEqualTo(19);
            assertThat(data.path("entry").path("entry_id").textValue()).isEqualTo(id);
            if (type(record).contains("state_changed")) {
                states.add(data.path("entry").path("state").textValue());
            }
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).doesNotContain("s3cr3t", "unique_id");
            assertDocumented(record);
        }
        assertThat(states)
                .containsExactly(
                        "setup_in_progress", "loaded", "unload_in_progress", "setup_in_progress", "setup_error");
        await().until(() -> world.column("select 1 from outbox").isEmpty());
    }

    /** Holds what is sent against docs/asyncapi.yaml. */
    private void assertDocumented(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        String value = new String(record.value(), StandardCharsets.UTF_8);
        assertThat(document.violations(record.topic(), headers, record.key(), value))
                .isEmpty();
    }

    private List<ConsumerRecord<String, byte[]>> told(String id) {
        List<ConsumerRecord<String, byte[]>> told = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka,
                        "group.id", "test",
                        "auto.offset.reset", "earliest",
                        "metadata.max.age.ms", "500"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("latchkey.flow.entries"));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (id.equals(record.key())) {
                        told.add(record);
                    }
                }
                return !told.isEmpty() && type(told.getLast()).contains("removed");
            });
        }
        return told;
    }

    private static String type(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
    }
}
