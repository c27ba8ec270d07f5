package dev.latchkey.platform.outbox;

import dev.latchkey.platform.event.EventRecords;
import dev.latchkey.platform.event.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends events to Kafka in order. It uses transactions for one property of theirs: opening a publisher shuts out every older one
 * of the same name, so that nothing a former relay has under way can arrive after what its successor sends. Readers need not
 * wait for the end of a Kafka transaction, because what an event tells of is committed already.
 *
 * <p>After a failure it is of no use any more, and is closed. Not thread-safe.
 */
final class Publisher implements AutoCloseable {

    private static final Duration CLOSED_WITHIN = Duration.ofMillis(500);

    private final KafkaProducer<String, byte[]> producer;

    /**
     * Opens a publisher. Blocks for a few seconds at most.
     *
     * @throws KafkaException when Kafka is away or refuses
     */
    Publisher(Map<String, Object> kafka, String name) {
        producer = new KafkaProducer<>(
                KafkaSettings.producer(kafka, name), new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Sends events and returns when Kafka has all of them.
     *
     * @return where on its topic each of them is, in their order
     * @throws KafkaException when it may not have one of them
     */
    List<RecordMetadata> publish(List<OutboxRow> events) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        for (OutboxRow row : events) {
            sent.add(producer.send(EventRecords.write(row.topic(), row.event())));
        }
        List<RecordMetadata> places = new ArrayList<>(events.size());
        for (Future<RecordMetadata> record : sent) {
            places.add(await(record));
        }
        producer.commitTransaction();
        return places;
    }

    private static RecordMetadata await(Future<RecordMetadata> record) {
        try {
            return record.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSED_WITHIN);
    }
}
