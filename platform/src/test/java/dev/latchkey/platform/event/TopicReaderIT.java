package dev.latchkey.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader of what comes: what was before is none of its business, and what it missed it says. */
@Timeout(120)
class TopicReaderIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    private static KafkaForTests kafka;

    private final String topic = "what-comes-" + UUID.randomUUID();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        kafka = new KafkaForTests();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void itBeginsAtTheEndAndSaysSo() {
        make();
        say("before");
        try (TopicReader reader = follow()) {
            await().atMost(SOON).until(reader::caughtUp);
            assertThat(heard).containsExactly("gap");

            say("a", "b");

            await().atMost(SOON).until(() -> heard.size() == 3);
            assertThat(heard).containsExactly("gap", "a", "b");
        }
    }

    @Test
    void aTopicThatIsNotThereIsWaitedFor() {
        try (TopicReader reader = follow()) {
            make();
            await().atMost(SOON).until(reader::caughtUp);
            say("a");
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("gap", "a"));
        }
    }

    @Test
    void whatComesWhileKafkaIsAwayForAReaderIsHeardAfterwards() {
        make();
        try (TopicReader reader = follow()) {
            await().atMost(SOON).until(reader::caughtUp);
            say("a");
            await().atMost(SOON).until(() -> heard.contains("a"));
            kafka.stop();
            kafka.restart();
            say("b");

            await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("gap", "a", "b"));
        }
    }

    private TopicReader follow() {
        TopicReader reader = TopicReader.ofWhatComes(topic, kafka.settings(), new TopicListener() {

            @Override
            public void apply(Event event) {
                heard.add(new String(event.data(), StandardCharsets.UTF_8));
            }

            @Override
            public void gap() {
                heard.add("gap");
            }
        });
        reader.start();
        return reader;
    }

    /** With several partitions; what is said has one key, and so comes in its order. */
    private void make() {
        Topics.ensure(List.of(TopicSettings.history(topic, 3, Duration.ofHours(1))), kafka.settings());
    }

    private void say(String... texts) {
        List<Event> events = new ArrayList<>();
        for (String text : texts) {
            events.add(new Event(
                    UUID.randomUUID().toString(),
                    URI.create("/test"),
                    "test.said.v1",
                    null,
                    Instant.now(),
                    "key",
                    0,
                    text.getBytes(StandardCharsets.UTF_8)));
        }
        kafka.send(topic, events);
    }
}
