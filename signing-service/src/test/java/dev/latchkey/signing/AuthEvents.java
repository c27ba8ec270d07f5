package dev.latchkey.signing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.EventRecords;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.outbox.OutboxEvent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says on Kafka what auth-service does, with its heartbeat. */
final class AuthEvents implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean silent;

    AuthEvents(String kafka) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        String topicId = Topics.ensure(List.of(Topics.REVOCATIONS, Topics.USERS), settings)
                .get(Topics.REVOCATIONS.name());
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        heart.scheduleAtFixedRate(() -> beat(topicId), 0, 200, TimeUnit.MILLISECONDS);
    }

    void silent(boolean silent) {
        this.silent = silent;
    }

    /** Returns when Kafka has them. */
    void send(List<OutboxEvent> events) {
        events.forEach(event -> send(event.topic(), event.key(), event.type(), event.data()));
        producer.flush();
    }

    private void beat(String topicId) {
        if (!silent) {
            send(
                    Topics.REVOCATIONS.name(),
                    "heartbeat",
                    "dev.latchkey.auth.heartbeat.v1",
                    Map.of("as_of", Instant.now().toString(), "topic_id", topicId));
        }
    }

    private void send(String topic, String key, String type, Map<String, Object> data) {
        try {
            Event event = new Event(
                    UUID.randomUUID().toString(),
                    URI.create("/latchkey/auth-service"),
                    type,
                    null,
                    Instant.now(),
                    key,
                    0,
                    JSON.writeValueAsBytes(data));
            producer.send(EventRecords.write(topic, event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        producer.close();
    }
}
