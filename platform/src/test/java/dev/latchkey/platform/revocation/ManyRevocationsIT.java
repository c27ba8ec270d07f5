package dev.latchkey.platform.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.bearer.GrantStatus;
import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.KafkaForTests;
import dev.latchkey.platform.event.OutboxEvents;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.token.TokenDigest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 200,000 revocations that can still matter. The figures are printed; the bounds leave room for a busy machine. */
@Timeout(180)
class ManyRevocationsIT {

    private static final int MANY = 200_000;
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void aStartWithManyRevocationsIsQuickAndSmallAndLookUpsCostTheSame() {
        SplittableRandom random = new SplittableRandom(1);
        String[] ids = new String[MANY];
        for (int i = 0; i < MANY; i++) {
            ids[i] = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        }
        try (KafkaForTests kafka = new KafkaForTests()) {
            Topics.ensure(List.of(Topics.REVOCATIONS), kafka.settings());
            RevokedGrants empty = view(kafka);
            send(kafka, ids);
            empty.close();

            long before = usedHeap();
            long start = System.nanoTime();
            RevokedGrants full = view(kafka);
            await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(full::readToItsEnd);
            Duration ready = Duration.ofNanos(System.nanoTime() - start);
            assertThat(full.status(ids[0])).isEqualTo(GrantStatus.REVOKED);
            assertThat(full.status(ids[MANY - 1])).isEqualTo(GrantStatus.REVOKED);
            long heap = usedHeap() - before;

            double ratio = costOfALookUp(ids);
            System.out.printf(
                    "%d revocations: read in %d ms, %d KB of heap, a decision costs %.2f of one among none%n",
                    MANY, ready.toMillis(), heap / 1024, ratio);
            assertThat(ready).isLessThan(Duration.ofSeconds(20));
            assertThat(heap).isLessThan(100L * 1024 * 1024);
            assertThat(ratio).isLessThan(1.3);
            full.close();
        }
    }

    private static Introspection introspection() {
        return new Introspection(URI.create("http://127.0.0.1:1"), "x", new SimpleMeterRegistry());
    }

    private static RevokedGrants view(KafkaForTests kafka) {
        RevokedGrants view = new RevokedGrants(
                kafka.settings(), 1_000_000, introspection(), new SimpleMeterRegistry(), Clock.systemUTC());
        view.start();
        return view;
    }

    private static void send(KafkaForTests kafka, String[] ids) {
        Instant now = Instant.now();
        List<Event> events = new ArrayList<>(MANY);
        for (String id : ids) {
            events.add(OutboxEvents.published(
                    new Revocation(id, "u", "token_revoked", now, Map.of(id, now.plusSeconds(1860))).toEvent()));
        }
        kafka.send(Topics.REVOCATIONS.name(), events);
    }

    private static long usedHeap() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** The least that each decision does: the digest of the token, by which its claims are found, and the look-up. */
    private static double costOfALookUp(String[] revoked) {
        RevokedGrantIds none = new RevokedGrantIds(MANY, Clock.systemUTC());
        RevokedGrantIds many = new RevokedGrantIds(MANY, Clock.systemUTC());
        Instant expiry = Instant.now().plusSeconds(1860);
        for (String id : revoked) {
            many.add(new Revocation(id, "u", "token_revoked", expiry, Map.of(id, expiry)));
        }
        String token = "x".repeat(600);
        SplittableRandom random = new SplittableRandom(2);
        String[] live = new String[1000];
        for (int i = 0; i < live.length; i++) {
            live[i] = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        }
        long[] amongMany = new long[400];
        long[] amongNone = new long[400];
        for (int round = 0; round < amongMany.length; round++) {
            amongMany[round] = nanos(token, live, many::contains);
            amongNone[round] = nanos(token, live, none::contains);
        }
        Arrays.sort(amongMany);
        Arrays.sort(amongNone);
        return (double) amongMany[200] / amongNone[200];
    }

    private static long nanos(String token, String[] ids, Predicate<String> revoked) {
        long start = System.nanoTime();
        for (String id : ids) {
            if (TokenDigest.of(token).first() == 0 || revoked.test(id)) {
                throw new AssertionError("nobody revoked " + id);
            }
        }
        return System.nanoTime() - start;
    }
}
