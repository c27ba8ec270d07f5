package dev.latchkey.auth.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.Calls;
import dev.latchkey.auth.People;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flow-service that takes its time takes nobody else's, and a crowd of subscribers does not take all of flow-service's. */
@AuthServiceTest
@TestProfile(WithFlowService.class)
class SlowFlowServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    People people;

    @Inject
    EntryFeed feed;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private FakeFlowService flowService;
    private Tokens tokens;

    @BeforeEach
    void begin() {
        flowService = new FakeFlowService();
        flowService.answer(Entries.LIST, 200, "[]");
        tokens = people.signIn(people.someone("system-admin"));
    }

    @AfterEach
    void end() {
        flowService.close();
    }

    @Test
    void commandsBehindOneThatWaitsAreAnsweredBeforeIt() {
        flowService.hang();
        try (SocketClient client = SocketClient.signedIn(tokens)) {
            int slow = client.sendCommand("config_entries/get");
            await().atMost(PATIENCE).until(() -> flowService.underWay() == 1);

            client.result("auth/current_user");
            assertThat(client.command("ping").path("type").textValue()).isEqualTo("pong");

            flowService.goOn();
            JsonNode late = client.next();
            assertThat(late.path("id").intValue()).isEqualTo(slow);
            assertThat(late.path("success").booleanValue()).isTrue();
        }
    }

    @Test
    void aHangingFlowServiceIsGivenUpAfterTenSecondsAndHoldsNobodyUpMeanwhile() {
        flowService.hang();
        List<SocketClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                SocketClient client = SocketClient.signedIn(tokens);
                clients.add(client);
                client.sendCommand("config_entries/get");
                client.sendCommand("config_entries/flow/progress");
                client.sendCommand("config_entries/get_single", "entry_id", "a");
            }
            // Half of what may be under way at once, because it is all for one user.
            await().atMost(PATIENCE).until(() -> flowService.underWay() == 32 + 2);
            try (SocketClient other = SocketClient.signedIn(people.signIn(people.someone()))) {
                other.result("auth/current_user");
                Calls.api(tokens.accessToken()).then().statusCode(200);
            }

            for (SocketClient client : clients) {
                for (int i = 0; i < 3; i++) {
                    JsonNode error = client.next().path("error");
                    assertThat(error.path("code").textValue()).isEqualTo("unknown_error");
                    assertThat(error.path("message").textValue())
                            .isEqualTo("flow-service did not answer in time. Try again in a moment.");
                }
                client.result("auth/current_user");
            }
        } finally {
            clients.forEach(SocketClient::close);
        }
    }

    @Test
    void nobodyKeepsAllOfFlowServiceForHimself() {
        flowService.hang();
        try (SocketClient greedy = SocketClient.signedIn(tokens);
                SocketClient other = SocketClient.signedIn(people.signIn(people.someone()))) {
            for (int i = 0; i < 8; i++) {
                greedy.sendCommand("config_entries/get");
            }
            await().atMost(PATIENCE).until(() -> flowService.underWay() == 2);
            other.sendCommand("config_entries/get");
            await().atMost(PATIENCE).until(() -> flowService.underWay() == 3);
            flowService.goOn();
        }
    }

    @Test
    void whoAsksTooMuchAtOnceWaitsForHisOwn() {
        flowService.hang();
        try (SocketClient client = SocketClient.signedIn(tokens)) {
            for (int i = 0; i < 12; i++) {
                client.sendCommand("config_entries/get_single", "entry_id", "a");
            }
            int last = client.sendCommand("auth/current_user");
            await().atMost(PATIENCE).until(() -> flowService.underWay() == 8);
            assertThat(client.hasMore()).isFalse();

            flowService.goOn();

            List<Integer> answered = new ArrayList<>();
            for (int i = 0; i < 13; i++) {
                answered.add(client.next().path("id").intValue());
            }
            assertThat(answered).contains(last).doesNotHaveDuplicates();
        }
    }

    @Test
    void aThousandSubscribersAllHearWithoutACrowdAtFlowService() {
        List<SocketClient> clients = new ArrayList<>();
        List<Integer> subscriptions = new ArrayList<>();
        try (EntryTopic topic = new EntryTopic(kafka)) {
            await().atMost(PATIENCE).until(feed::following);
            List<Tokens> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                users.add(people.signIn(people.someone()));
            }
            for (int i = 0; i < 1_000; i++) {
                SocketClient client = SocketClient.signedInFrom(
                        "198.51.100." + (i % 250 + 1), users.get(i % 4).accessToken());
                clients.add(client);
                subscriptions.add(client.sendCommand("config_entries/subscribe"));
            }
            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).next().path("success").booleanValue()).isTrue();
                assertThat(clients.get(i).event(subscriptions.get(i))).isEmpty();
            }
            topic.entry("updated", "x", Entries.entry("x", "loaded"));
            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).event(subscriptions.get(i))).hasSize(1);
            }
            assertThat(flowService.mostUnderWay()).isLessThanOrEqualTo(4);

            feed.gap();

            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).event(subscriptions.get(i))).isEmpty();
            }
            assertThat(flowService.mostUnderWay()).isLessThanOrEqualTo(4);
        } finally {
            clients.forEach(SocketClient::close);
        }
    }
}
