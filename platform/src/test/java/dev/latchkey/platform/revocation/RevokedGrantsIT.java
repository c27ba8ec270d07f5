package dev.latchkey.platform.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.platform.event.Event;
import dev.latchkey.platform.event.KafkaForTests;
import dev.latchkey.platform.event.OutboxEvents;
import dev.latchkey.platform.event.Topics;
import dev.latchkey.platform.token.AccessToken;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Follows a real topic, as auth-service would write it. */
@Timeout(120)
class RevokedGrantsIT {

    private static final String TOPIC = Topics.REVOCATIONS.name();
    private static final URI SOURCE = URI.create("/latchkey/auth-service");
    private static final Duration SOON = Duration.ofSeconds(30);

    private static KafkaForTests kafka;

    private final AuthServiceStandIn authService = new AuthServiceStandIn();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<RevokedGrants> views = new ArrayList<>();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean beating = true;
    private String topicId;

    @BeforeAll
    static void start() {
        kafka = new KafkaForTests();
    }

    @AfterAll
    static void end() {
        kafka.close();
    }

    @BeforeEach
    void makeTopic() {
        topicId = Topics.ensure(List.of(Topics.REVOCATIONS), kafka.settings()).get(TOPIC);
        heart.scheduleWithFixedDelay(this::beat, 0, 300, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        heart.shutdownNow();
        heart.awaitTermination(20, TimeUnit.SECONDS);
        views.forEach(RevokedGrants::close);
        authService.close();
        deleteTopic();
    }

    private static void deleteTopic() throws Exception {
        try (Admin admin = Admin.create(kafka.settings())) {
            admin.deleteTopics(List.of(TOPIC)).all().get();
            await().atMost(SOON).until(() -> !admin.listTopics().names().get().contains(TOPIC));
        }
    }

    private void beat() {
        if (beating) {
            sendHeartbeat(Instant.now(), topicId);
        }
    }

    private static void sendHeartbeat(Instant asOf, String topicId) {
        String data = "{\"as_of\": \"" + asOf + "\", \"topic_id\": \"" + topicId + "\", \"new\": 1}";
        kafka.send(TOPIC, List.of(event("heartbeat", Liveness.TYPE, data)));
    }

    private static Event event(String key, String type, String data) {
        return new Event(
                UUID.randomUUID().toString(),
                SOURCE,
                type,
                null,
                Instant.now(),
                key,
                0,
                data == null ? null : data.getBytes(StandardCharsets.UTF_8));
    }

    private static Revocation revocation(Instant expiry, String... ids) {
        Map<String, Instant> expiryById = new HashMap<>();
        for (String id : ids) {
            expiryById.put(id, expiry);
        }
        return new Revocation(ids[0], "u", "token_revoked", Instant.now(), expiryById);
    }

    private static void revoke(String... ids) {
        send(revocation(Instant.now().plusSeconds(1860), ids));
    }

    private static void send(Revocation revocation) {
        kafka.send(TOPIC, List.of(OutboxEvents.published(revocation.toEvent())));
    }

    private RevokedGrants view() {
        return view(1_000_000);
    }

    private RevokedGrants view(int most) {
        Introspection introspection = new Introspection(authService.url(), AuthServiceStandIn.CREDENTIAL, metrics);
        RevokedGrants view = new RevokedGrants(kafka.settings(), most, introspection, metrics, Clock.systemUTC());
        views.add(view);
        view.start();
        return view;
    }

    private static RevokedGrants awaitTrusted(RevokedGrants view) {
        await().atMost(SOON).until(() -> view.staleness() == Staleness.NONE);
        return view;
    }

    private static boolean isLive(RevokedGrants view, String grantId) throws Exception {
        Instant now = Instant.now();
        AccessToken token = new AccessToken("t", "u", grantId, "c", Set.of(), now, now.plusSeconds(1800));
        return view.isLive(token, "compact-" + grantId).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatWasRevokedBeforeTheStartIsKnownWhenItIsReady() {
        revoke("a", "b");
        revoke("c");
        RevokedGrants view = view();
        await().atMost(SOON).until(view::readToItsEnd);
        assertThat(List.of("a", "b", "c")).allMatch(id -> view.status(id) == GrantStatus.REVOKED);
    }

    @Test
    void aRevocationIsKnownAtOnceAndToldToThoseWhoAsked() throws Exception {
        RevokedGrants view = awaitTrusted(view());
        List<String> told = new CopyOnWriteArrayList<>();
        view.onRevoked(revocation -> told.addAll(revocation.expiryById().keySet()));
        assertThat(view.status("a")).isEqualTo(GrantStatus.LIVE);
        assertThat(isLive(view, "a")).isTrue();

        revoke("a");

        await().atMost(SOON).until(() -> view.status("a") == GrantStatus.REVOKED);
        assertThat(isLive(view, "a")).isFalse();
        await().atMost(SOON).until(() -> told.contains("a"));
        assertThat(view.status("b")).isEqualTo(GrantStatus.LIVE);
        assertThat(metrics.get("latchkey.revocations.latency").timer().count()).isEqualTo(1);
        assertThat(authService.questions).isEmpty();
    }

    @Test
    void withoutHeartbeatsEachDecisionIsAskedForAndRefusedWhenNobodyAnswers() throws Exception {
        RevokedGrants view = awaitTrusted(view());
        beating = false;

        await().atMost(SOON).until(() -> view.staleness() == Staleness.NO_HEARTBEAT);
        assertThat(metrics.get("latchkey.revocations.stale")
                        .tag("cause", "no_heartbeat")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(view.status("a")).isEqualTo(GrantStatus.STALE);
        assertThat(isLive(view, "a")).isTrue();
        authService.answer = "{\"active\": false}";
        assertThat(isLive(view, "a")).isFalse();
        authService.close();
        assertThat(isLive(view, "a")).isFalse();

        beating = true;
        await().atMost(SOON).until(() -> view.status("a") == GrantStatus.LIVE);
    }

    @Test
    void beforeTheTopicWasReadEachDecisionIsAskedFor() throws Exception {
        kafka.stop();
        try {
            RevokedGrants view = view();
            assertThat(view.readToItsEnd()).isFalse();
            assertThat(view.status("a")).isEqualTo(GrantStatus.STALE);
            authService.answer = "{\"active\": false}";
            assertThat(isLive(view, "a")).isFalse();
            kafka.restart();
            awaitTrusted(view);
        } finally {
            if (kafka.isStopped()) {
                kafka.restart();
            }
        }
    }

    @Test
    void aKafkaThatGoesAwayMakesItStaleAndWhatWasRevokedMeanwhileIsKnownAfterwards() throws Exception {
        RevokedGrants view = awaitTrusted(view());
        revoke("before");
        await().atMost(SOON).until(() -> view.status("before") == GrantStatus.REVOKED);
        beating = false;
        kafka.stop();
        try {
            await().atMost(SOON).until(() -> view.status("x") == GrantStatus.STALE);
            assertThat(view.status("before")).isEqualTo(GrantStatus.REVOKED);
        } finally {
            kafka.restart();
        }
        revoke("meanwhile");
        beating = true;
        awaitTrusted(view);
        assertThat(view.status("meanwhile")).isEqualTo(GrantStatus.REVOKED);
    }

    @Test
    void aHeartbeatOfThePastSaysNothingAboutNow() {
        beating = false;
        heart.shutdownNow();
        revoke("a");
        for (int i = 10; i > 0; i--) {
            sendHeartbeat(Instant.now().minusSeconds(i), topicId);
        }
        RevokedGrants view = view();
        await().atMost(SOON).until(view::readToItsEnd);
        assertThat(view.staleness()).isEqualTo(Staleness.NO_HEARTBEAT);
    }

    @Test
    void aTopicThatWasMadeAnewIsReadAnewBeforeItIsTrusted() throws Exception {
        RevokedGrants view = awaitTrusted(view());
        beating = false;
        await().atMost(SOON).until(() -> view.staleness() == Staleness.NO_HEARTBEAT);
        deleteTopic();
        topicId = Topics.ensure(List.of(Topics.REVOCATIONS), kafka.settings()).get(TOPIC);
        await().atMost(SOON).ignoreExceptions().until(() -> {
            revoke("of-the-new-topic");
            return true;
        });
        beating = true;

        await().atMost(SOON).until(() -> view.status("of-the-new-topic") == GrantStatus.REVOKED);
        awaitTrusted(view);
    }

    @Test
    void duplicatesTombstonesAndUnknownEventsDoNoHarm() {
        RevokedGrants view = awaitTrusted(view());
        Revocation revocation = revocation(Instant.now().plusSeconds(60), "a");
        send(revocation);
        send(revocation);
        kafka.send(TOPIC, List.of(event("a", Revocation.TYPE, null), event("z", "dev.example.unknown.v9", "[]")));
        revoke("b");

        await().atMost(SOON).until(() -> view.status("b") == GrantStatus.REVOKED);
        assertThat(view.status("a"))
                .as("a tombstone lets nobody in before the time is over")
                .isEqualTo(GrantStatus.REVOKED);
        assertThat(view.staleness()).isEqualTo(Staleness.NONE);
    }

    @Test
    void whatCanNoLongerMatterIsNotRemembered() {
        send(revocation(Instant.now().minusSeconds(10), "over"));
        revoke("a");
        RevokedGrants view = view();
        await().atMost(SOON).until(() -> view.status("a") == GrantStatus.REVOKED);
        assertThat(metrics.get("latchkey.revocations.remembered").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void aRevocationThatCannotBeReadIsFollowedByAskingForEachDecision() throws Exception {
        for (String data : List.of("no JSON", "{}", "{\"revoked_at\": \"2026-11-20T12:00:00Z\", \"grants\": [{}]}")) {
            RevokedGrants view = awaitTrusted(view());
            kafka.send(TOPIC, List.of(event("broken", Revocation.TYPE, data)));
            await().atMost(SOON).until(() -> view.staleness() == Staleness.UNREADABLE);
            authService.answer = "{\"active\": false}";
            assertThat(isLive(view, "a")).isFalse();
            makeTopicAnew();
        }
    }

    private void makeTopicAnew() throws Exception {
        views.forEach(RevokedGrants::close);
        views.clear();
        deleteTopic();
        topicId = Topics.ensure(List.of(Topics.REVOCATIONS), kafka.settings()).get(TOPIC);
    }

    @Test
    void moreThanCanBeRememberedMakesItAskForEachDecision() {
        RevokedGrants view = awaitTrusted(view(2));
        revoke("a", "b");
        await().atMost(SOON).until(() -> view.status("b") == GrantStatus.REVOKED);
        assertThat(view.staleness()).isEqualTo(Staleness.NONE);
        revoke("c");
        await().atMost(SOON).until(() -> view.staleness() == Staleness.TOO_MANY);
        assertThat(view.status("c")).isEqualTo(GrantStatus.STALE);
    }

    @Test
    void theGrantsOfAUserWithManyAreKnownTogether() {
        RevokedGrants view = awaitTrusted(view());
        String[] ids = new String[Revocation.MOST_IN_ONE_EVENT];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = "%032x".formatted(i);
        }
        send(revocation(Instant.now().plusSeconds(60), ids));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ids).allMatch(id -> view.status(id) == GrantStatus.REVOKED));
    }

    @Test
    void manyLookAtItWhileItChanges() throws Exception {
        RevokedGrants view = awaitTrusted(view());
        CountDownLatch done = new CountDownLatch(1);
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread.startVirtualThread(() -> {
                boolean revoked = false;
                while (done.getCount() > 0) {
                    boolean now = view.status("g99") == GrantStatus.REVOKED;
                    if (revoked && !now) {
                        failures.add(new AssertionError("revoked and then not"));
                    }
                    revoked = now;
                    Thread.onSpinWait();
                    Thread.yield();
                }
            });
        }
        for (int i = 0; i < 100; i++) {
            revoke("g" + i);
        }
        await().atMost(SOON).until(() -> view.status("g99") == GrantStatus.REVOKED);
        done.countDown();
        assertThat(failures).isEmpty();
    }
}
