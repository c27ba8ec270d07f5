package dev.latchkey.signing.boot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.EventRecords;
import dev.latchkey.signing.SigningConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Announces this boot on the topic {@link BootTopicClients#TOPIC} for as long as it runs, and follows what the others announce:
 * from the beginning to the end before the service is ready, then as it comes. One thread of its own does both, and begins anew
 * after whatever Kafka may do.
 */
@ApplicationScoped
class BootTopic {

    private static final Logger LOG = Logger.getLogger(BootTopic.class);
    private static final URI SOURCE = URI.create("/latchkey/signing-service");
    private static final String ANNOUNCED = "dev.latchkey.signing.boot.announced.v1";
    private static final String ENDED = "dev.latchkey.signing.boot.ended.v1";
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST_POLL = Duration.ofMillis(250);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(1);

    private final BootKeys keys;
    private final BootTopicClients clients;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration announceEvery;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("boots").daemon().unstarted(this::run);
    private volatile boolean read;

    BootTopic(
            BootKeys keys,
            SigningConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ObjectMapper json,
            Clock clock) {
        this.keys = keys;
        this.clients = new BootTopicClients(kafka);
        this.json = json;
        this.clock = clock;
        this.announceEvery = config.announceEvery();
    }

    void start(@Observes StartupEvent start) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        stopping.countDown();
        thread.join(LONGEST_FAREWELL.plus(LONGEST_POLL));
    }

    /** Tells whether every boot announced before this one is known. */
    boolean isRead() {
        return read;
    }

    private void run() {
        try {
            do {
                try {
                    clients.createTopic();
                    follow();
                } catch (KafkaException e) {
                    LOG.warnf("The topic of boots is out of reach: %s", e.getMessage());
                } catch (RuntimeException e) {
                    LOG.error("Following the topic of boots failed and is tried again", e);
                }
            } while (!stopping.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (Consumer<String, byte[]> consumer = clients.consumer();
                Producer<String, byte[]> producer = clients.producer()) {
            // Before the end is looked for: who is ready has been announced, and the others know its links.
            requireTaken(announce(producer, keys.boot()));
            Collection<TopicPartition> partitions = BootTopicClients.assignAll(consumer);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            long announcedAt = System.nanoTime();
            Duration poll = announceEvery.compareTo(LONGEST_POLL) < 0 ? announceEvery : LONGEST_POLL;
            while (stopping.getCount() > 0) {
                consumer.poll(poll).forEach(this::take);
                read = read || partitions.stream().allMatch(p -> consumer.position(p) >= end.get(p));
                if (System.nanoTime() - announcedAt >= announceEvery.toNanos()) {
                    announcedAt = System.nanoTime();
                    announce(producer, keys.boot());
                }
            }
            announce(producer, keys.boot().ending());
            producer.close(LONGEST_FAREWELL);
        }
    }

    private static void requireTaken(Future<RecordMetadata> announced) {
        try {
            announced.get();
        } catch (ExecutionException e) {
            throw new KafkaException("This boot could not be announced", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    Future<RecordMetadata> announce(Producer<String, byte[]> producer, Boot boot) {
        Event announcement = new Event(
                UUID.randomUUID().toString(),
                SOURCE,
                boot.ended() ? ENDED : ANNOUNCED,
                boot.id(),
                clock.instant(),
                boot.replica(),
                0,
                write(boot));
        return producer.send(EventRecords.write(BootTopicClients.TOPIC.name(), announcement), (taken, failure) -> {
            if (failure != null) {
                LOG.debugf("This boot could not be announced: %s", failure.getMessage());
            }
        });
    }

    private byte[] write(Boot boot) {
        try {
            return json.writeValueAsBytes(boot);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a boot can be written", e);
        }
    }

    /** What is no announcement is passed over: a later version may say more than this one knows. */
    private void take(ConsumerRecord<String, byte[]> announcement) {
        if (announcement.value() == null) {
            return;
        }
        try {
            Boot boot = json.readValue(announcement.value(), Boot.class);
            if (boot != null && boot.isSound()) {
                keys.heard(boot, announcement.timestamp());
            }
        } catch (IOException e) {
            LOG.debugf("The record at offset %d is no announcement of a boot", announcement.offset());
        }
    }
}
