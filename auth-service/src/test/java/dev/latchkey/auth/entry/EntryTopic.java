package dev.latchkey.auth.entry;

import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.EventRecords;
import dev.latchkey.platform.event.TopicSettings;
import dev.latchkey.platform.event.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells what flow-service would tell, on the real topic. */
final class EntryTopic implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;

    EntryTopic(String bootstrapServers) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
        Topics.ensure(List.of(TopicSettings.history(EntryFeed.TOPIC, 6, Duration.ofDays(7))), kafka);
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    /** Tells of an entry of the type {@code hub}. */
    void entry(String what, String id, String entry) {
        entry(what, id, entry, "\"hub\"", Instant.now());
    }

    /** @param type of the integration, as JSON */
    void entry(String what, String id, String entry, String type, Instant at) {
        send(
                "dev.latchkey.flow.entry." + what + ".v1",
                id,
                "{\"entry\":" + entry + ",\"integration_type\":" + type + ",\"changed\":[]}",
                at);
    }

    void flowStarted(String id, String source) {
        send(
                "dev.latchkey.flow.flow.started.v1",
                id,
                "{\"flow_id\":\"" + id + "\",\"source\":\"" + source + "\",\"entry_id\":null,\"flow\":"
                        + Entries.flow(id, source) + "}",
                Instant.now());
    }

    void flowEnded(String id, String source) {
        send(
                "dev.latchkey.flow.flow.ended.v1",
                id,
                "{\"flow_id\":\"" + id + "\",\"source\":\"" + source + "\",\"entry_id\":null}",
                Instant.now());
    }

    void send(String type, String key, String data, Instant at) {
        producer.send(EventRecords.write(
                EntryFeed.TOPIC,
                new Event(
                        UUID.randomUUID().toString(),
                        URI.create("/latchkey/flow-service"),
                        type,
                        key,
                        at,
                        key,
                        0,
                        data.getBytes(StandardCharsets.UTF_8))));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
