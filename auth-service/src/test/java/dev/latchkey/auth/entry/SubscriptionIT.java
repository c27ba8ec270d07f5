package dev.latchkey.auth.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows W7 and W8 of {@code spec/flows.md} 1.2 and the cases of 5.7, fed from the real topic. */
@AuthServiceTest
@TestProfile(WithFlowService.class)
class SubscriptionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    People people;

    @Inject
    EntryFeed feed;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private FakeFlowService flowService;
    private EntryTopic topic;
    private Tokens tokens;
    private SocketClient client;

    @BeforeEach
    void begin() {
        flowService = new FakeFlowService();
        flowService.answer(Entries.LIST, 200, "[]");
        flowService.answer(Entries.FLOWS, 200, "[]");
        topic = new EntryTopic(kafka);
        await().atMost(PATIENCE).until(feed::following);
        tokens = people.signIn(people.someone("system-admin"));
        client = SocketClient.signedIn(tokens);
    }

    @AfterEach
    void end() {
        client.close();
        topic.close();
        flowService.close();
        await().atMost(PATIENCE).until(() -> subscriptions() == 0);
    }

    @Test
    void theAnswerComesFirstThenTheEntriesThenWhatHappensToThem() throws Exception {
        String old = Entries.id();
        String entry = Entries.entry(old, "loaded");
        flowService.answer(Entries.LIST, 200, "[" + entry + "]");

        int subscription = client.sendCommand("config_entries/subscribe");

        assertAnswered(subscription);
        assertThat(client.event(subscription)).isEqualTo(JSON.readTree("[{\"type\":null,\"entry\":" + entry + "}]"));

        String id = Entries.id();
        topic.entry("created", id, Entries.entry(id, "not_loaded"));
        assertThat(client.event(subscription))
                .isEqualTo(JSON.readTree("[{\"type\":\"added\",\"entry\":" + Entries.entry(id, "not_loaded") + "}]"));
        topic.entry("state_changed", id, Entries.entry(id, "setup_in_progress"));
        topic.entry("state_changed", id, Entries.entry(id, "setup_error"));
        topic.entry("reauth_required", id, Entries.entry(id, "setup_error"));
        topic.entry("reloaded", id, Entries.entry(id, "setup_error"));
        topic.entry("removed", id, Entries.entry(id, "setup_error"));
        assertThat(changes(subscription, 3))
                .containsExactly("updated setup_in_progress", "updated setup_error", "removed setup_error");
    }

    @Test
    void timesKeepEveryDigit() {
        String entry = Entries.entry(Entries.id(), "loaded");
        flowService.answer(Entries.LIST, 200, "[" + entry + "]");

        int subscription = client.sendCommand("config_entries/subscribe");
        assertAnswered(subscription);

        assertThat(client.nextText()).contains("\"created_at\":1700000000.123456,");
        topic.entry("updated", "x", entry);
        assertThat(client.nextText()).contains("\"created_at\":1700000000.123456,");
    }

    @Test
    void aSubscriptionHearsOnlyOfTheTypesItNames() {
        int subscription = client.sendCommand("config_entries/subscribe", "type_filter", List.of("hub", "device"));
        assertAnswered(subscription);
        assertThat(client.event(subscription)).isEmpty();
        assertThat(flowService.last().target()).isEqualTo(Entries.LIST + "?type=hub&type=device");

        for (String type : List.of("\"service\"", "\"hub\"", "\"helper\"", "\"device\"", "null")) {
            String id = Entries.id();
            topic.entry("created", id, Entries.entry(id, type.replace("\"", "")), type, Instant.now());
        }
        assertThat(changes(subscription, 3)).containsExactlyInAnyOrder("added hub", "added device", "added null");
    }

    @Test
    void openFlowsComeBeforeTheAnswer() throws Exception {
        int none = client.sendCommand("config_entries/flow/subscribe");
        assertThat(client.event(none)).isEmpty();
        assertAnswered(none);

        flowService.answer(
                Entries.FLOWS, 200, "[" + Entries.flow("1", "user") + "," + Entries.flow("2", "reauth") + "]");
        int one = client.sendCommand("config_entries/flow/subscribe");
        assertThat(client.event(one))
                .isEqualTo(JSON.readTree(
                        "[{\"type\":null,\"flow_id\":\"2\",\"flow\":" + Entries.flow("2", "reauth") + "}]"));
        assertAnswered(one);
    }

    @Test
    void onlyFlowsThatNobodyStartedByHandAreAnnounced() {
        int subscription = client.sendCommand("config_entries/flow/subscribe");
        assertThat(client.event(subscription)).isEmpty();
        assertAnswered(subscription);

        List<String> sources = List.of("hassio", "user", "reauth", "reconfigure", "options");
        String mark = Entries.id();
        sources.forEach(source -> topic.flowStarted(mark + source, source));
        List<JsonNode> added = events(subscription, 2);
        assertThat(added)
                .extracting(change -> change.path("type").textValue() + " "
                        + change.path("flow_id").textValue().substring(mark.length()) + " "
                        + change.path("flow").path("context").path("source").textValue())
                .containsExactlyInAnyOrder("added hassio hassio", "added reauth reauth");

        sources.forEach(source -> topic.flowEnded(mark + source, source));
        assertThat(events(subscription, 2))
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        "{\"type\":\"removed\",\"flow_id\":\"" + mark + "hassio\"}",
                        "{\"type\":\"removed\",\"flow_id\":\"" + mark + "reauth\"}");
    }

    @Test
    void whoUnsubscribesHearsNothingMore() {
        int ended = subscribe(client);
        int kept = subscribe(client);

        assertThat(client.result("unsubscribe_events", "subscription", ended).isNull())
                .isTrue();
        assertThat(client.error("unsubscribe_events", "subscription", ended).toString())
                .isEqualTo("{\"code\":\"not_found\",\"message\":\"Subscription not found.\"}");

        topic.entry("updated", "x", Entries.entry("x", "loaded"));
        assertThat(client.event(kept)).hasSize(1);
        client.result("auth/current_user");
        assertThat(client.hasMore()).isFalse();
        assertThat(subscriptions()).isEqualTo(1);
    }

    @Test
    void aSubscriptionThatFailedIsNone() {
        flowService.answer(Entries.LIST, 500, "");
        JsonNode answer = client.command("config_entries/subscribe");

        assertThat(answer.path("error").path("code").textValue()).isEqualTo("unknown_error");
        assertThat(client.errorCode(
                        "unsubscribe_events", "subscription", answer.path("id").intValue()))
                .isEqualTo("not_found");
        assertThat(subscriptions()).isZero();
    }

    @Test
    void aConnectionHasABoundedNumberOfSubscriptions() {
        for (int i = 0; i < 64; i++) {
            subscribe(client);
        }
        assertThat(client.errorCode("config_entries/subscribe")).isEqualTo("not_allowed");
        client.result("auth/current_user");
    }

    @Test
    void aChangeWhileTheListIsReadIsToldAfterItAndWhatIsInItIsNotAddedAgain() {
        int witness = subscribe(client);
        String id = Entries.id();
        try (SocketClient other = SocketClient.signedIn(tokens)) {
            flowService.hang();
            int subscription = other.sendCommand("config_entries/subscribe");
            await().atMost(PATIENCE).until(() -> flowService.underWay() == 1);
            topic.entry("created", id, Entries.fresh(id, "not_loaded"));
            topic.entry("state_changed", id, Entries.fresh(id, "loaded"));
            assertThat(changes(client, witness, 2)).containsExactly("added not_loaded", "updated loaded");
            flowService.answer(Entries.LIST, 200, "[" + Entries.fresh(id, "loaded") + "]");
            flowService.goOn();

            assertThat(other.next().path("success").booleanValue()).isTrue();
            assertThat(other.event(subscription)).hasSize(1);
            assertThat(changes(other, subscription, 2)).containsExactly("updated not_loaded", "updated loaded");
        }
    }

    @Test
    void whenChangesMayHaveBeenMissedTheWholeListComesAgain() {
        int entries = subscribe(client);
        int flows = client.sendCommand("config_entries/flow/subscribe");
        client.event(flows);
        assertAnswered(flows);
        String id = Entries.id();
        flowService.answer(Entries.LIST, 200, "[" + Entries.entry(id, "loaded") + "]");
        flowService.answer(Entries.FLOWS, 200, "[" + Entries.flow(id, "reauth") + "]");

        feed.gap();

        for (int i = 0; i < 2; i++) {
            JsonNode message = client.next();
            assertThat(message.path("id").intValue()).isIn(entries, flows);
            assertThat(message.path("event").path(0).path("type").isNull()).isTrue();
        }
        topic.entry("updated", id, Entries.entry(id, "setup_retry"));
        assertThat(changes(entries, 1)).containsExactly("updated setup_retry");
    }

    @Test
    void anAdditionThatComesLateMeansThatOthersMayHaveBeenMissed() {
        int subscription = subscribe(client);
        String id = Entries.id();
        flowService.answer(Entries.LIST, 200, "[" + Entries.entry(id, "loaded") + "]");

        topic.entry(
                "created",
                id,
                Entries.entry(id, "not_loaded"),
                "\"hub\"",
                Instant.now().minusSeconds(120));

        JsonNode event = client.event(subscription);
        assertThat(event).hasSize(1);
        assertThat(event.path(0).path("type").isNull()).isTrue();
    }

    @Test
    void aListThatCannotBeReadAgainIsTriedUntilItCan() {
        int subscription = subscribe(client);
        flowService.answer(Entries.LIST, 503, "");
        feed.gap();
        int before = flowService.requests().size();
        await().atMost(PATIENCE).until(() -> flowService.requests().size() > before + 1);

        flowService.answer(Entries.LIST, 200, "[" + Entries.entry("a", "loaded") + "]");

        assertThat(client.event(subscription)).hasSize(1);
    }

    @Test
    void anEventThatNobodyCanReadMakesTheListComeAgain() {
        int subscription = subscribe(client);
        flowService.answer(Entries.LIST, 200, "[" + Entries.entry("a", "loaded") + "]");

        topic.send("dev.latchkey.flow.entry.updated.v1", "x", "{\"entry\":5}", Instant.now());

        assertThat(client.event(subscription).path(0).path("type").isNull()).isTrue();
    }

    @Test
    void whoIsNoAdministratorAnyMoreHearsNoMoreOfFlows() {
        Person person = people.someone("system-admin");
        try (SocketClient other = SocketClient.signedIn(people.signIn(person))) {
            int flows = other.sendCommand("config_entries/flow/subscribe");
            other.event(flows);
            other.next();
            int entries = subscribe(other);
            client.result("config/auth/update", "user_id", person.id(), "group_ids", List.of("system-users"));

            topic.flowStarted(Entries.id(), "reauth");
            String id = Entries.id();
            topic.entry("updated", id, Entries.entry(id, "loaded"));

            assertThat(other.event(entries)).hasSize(1);
            await().atMost(PATIENCE).until(() -> subscriptions() == 1);
            assertThat(other.errorCode("unsubscribe_events", "subscription", flows))
                    .isEqualTo("not_found");
        }
    }

    private int subscribe(SocketClient by) {
        int subscription = by.sendCommand("config_entries/subscribe");
        assertThat(by.next().path("success").booleanValue()).isTrue();
        by.event(subscription);
        return subscription;
    }

    private void assertAnswered(int id) {
        assertThat(client.next().toString())
                .isEqualTo("{\"id\":" + id + ",\"type\":\"result\",\"success\":true,\"result\":null}");
    }

    /** Returns the next changes that a subscription is told, however many come in one event. */
    private List<JsonNode> events(int subscription, int number) {
        return events(client, subscription, number);
    }

    private static List<JsonNode> events(SocketClient client, int subscription, int number) {
        List<JsonNode> changes = new ArrayList<>();
        while (changes.size() < number) {
            client.event(subscription).forEach(changes::add);
        }
        return changes;
    }

    private List<String> changes(int subscription, int number) {
        return changes(client, subscription, number);
    }

    private static List<String> changes(SocketClient client, int subscription, int number) {
        return events(client, subscription, number).stream()
                .map(change -> change.path("type").textValue() + " "
                        + change.path("entry").path("state").textValue())
                .toList();
    }

    private int subscriptions() {
        return (int) metrics.get("latchkey.auth.socket.subscriptions").gauge().value();
    }
}
