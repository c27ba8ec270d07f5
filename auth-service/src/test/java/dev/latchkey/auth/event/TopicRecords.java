package dev.latchkey.auth.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.revocation.Revocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is on a topic, read with nothing but Kafka's client. */
final class TopicRecords {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TopicRecords() {}

    /** Returns everything that is on a topic of one partition at this moment. */
    static List<ConsumerRecord<String, String>> read(String bootstrapServers, String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "enable.metrics.push", false);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    static Map<String, String> headers(ConsumerRecord<String, String> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return headers;
    }

    static String type(ConsumerRecord<String, String> record) {
        return headers(record).get("ce_type");
    }

    static JsonNode json(ConsumerRecord<String, String> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the topic says of the revocations of a user, in order. */
    static List<JsonNode> revocationsOf(String userId, String bootstrapServers) {
        return read(bootstrapServers, "latchkey.auth.revocations").stream()
                .filter(record -> Revocation.TYPE.equals(type(record)) && record.value() != null)
                .map(TopicRecords::json)
                .filter(data -> data.get("user_id").textValue().equals(userId))
                .toList();
    }

    static Stream<String> grantIds(JsonNode revocation) {
        return StreamSupport.stream(revocation.get("grants").spliterator(), false)
                .map(grant -> grant.get("id").textValue());
    }
}
