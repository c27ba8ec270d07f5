package dev.latchkey.auth.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.SocketClient;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What surrounds every command: rows WS-11 to WS-22. */
@AuthServiceTest
class SocketEnvelopeIT {

    private static final String BAD_ENVELOPE =
            "{\"code\":\"invalid_format\",\"message\":\"Message incorrectly formatted.\"}";

    @Inject
    People people;

    @ConfigProperty(name = "quarkus.websockets-next.server.auto-ping-interval")
    Duration pingInterval;

    private SocketClient client;

    @BeforeEach
    void signIn() {
        client = SocketClient.signedIn(people.signIn(people.someone()));
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @Test
    void pingAnswersPongWhichIsNoResult() {
        client.send("{\"id\":7,\"type\":\"ping\"}");

        assertThat(client.next().toString()).isEqualTo("{\"id\":7,\"type\":\"pong\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"ping"}                                   | null
            {"id":0,"type":"ping"}                            | 0
            {"id":-1,"type":"ping"}                           | -1
            {"id":"1","type":"ping"}                          | "1"
            {"id":1.0,"type":"ping"}                          | 1.0
            {"id":true,"type":"ping"}                         | null
            {"id":null,"type":"ping"}                         | null
            {"id":[1],"type":"ping"}                          | null
            {"id":{"a":1},"type":"ping"}                      | null
            {"id":9223372036854775808,"type":"ping"}          | 9223372036854775808
            {"id":1}                                          | 1
            {"id":1,"type":5}                                 | 1
            {"id":1,"type":null}                              | 1
            {"id":1,"type":["ping"]}                          | 1
            {}                                                | null
            5                                                 | null
            "ping"                                            | null
            null                                              | null
            true                                              | null
            [5]                                               | null
            [[{"id":1,"type":"ping"}]]                        | null
            """)
    void aBadEnvelopeIsAnsweredAndConsumesNoId(String message, String echoedId) {
        client.send(message);

        JsonNode answer = client.next();
        assertThat(answer.get("id").toString()).isEqualTo(echoedId);
        assertThat(answer.get("type").textValue()).isEqualTo("result");
        assertThat(answer.get("success").booleanValue()).isFalse();
        assertThat(answer.get("error").toString()).isEqualTo(BAD_ENVELOPE);
        assertThat(pong(1)).isEqualTo("pong");
    }

    @Test
    void aLongTextForAnIdIsNotRepeated() {
        client.send(SocketClient.json("id", "x".repeat(60_000), "type", "ping"));

        assertThat(client.next().toString()).hasSizeLessThan(200);
    }

    @Test
    void idsMayHaveGapsAndBeAsLargeAsALong() {
        for (long id : new long[] {1, 3, 10, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE}) {
            client.send("{\"id\":" + id + ",\"type\":\"ping\"}");

            assertThat(client.next().get("id").longValue()).isEqualTo(id);
        }
    }

    @Test
    void anIdThatDoesNotIncreaseIsRefusedAndChangesNothing() {
        pong(5);
        for (int id : new int[] {5, 4, 1}) {
            client.send("{\"id\":" + id + ",\"type\":\"ping\"}");

            JsonNode answer = client.next();
            assertThat(answer.get("id").intValue()).isEqualTo(id);
            assertThat(answer.get("error").toString())
                    .isEqualTo("{\"code\":\"id_reuse\",\"message\":\"Identifier values have to increase.\"}");
        }
        assertThat(pong(6)).isEqualTo("pong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no/such/command", "auth", "", "PING", "ping ", "get_states"})
    void anUnknownTypeIsAnsweredAndDoesNotConsumeItsId(String type) {
        client.send(SocketClient.json("id", 1, "type", type, "whatever", "x"));

        JsonNode answer = client.next();
        assertThat(answer.get("id").intValue()).isEqualTo(1);
        assertThat(answer.get("error").toString())
                .isEqualTo("{\"code\":\"unknown_command\",\"message\":\"Unknown command.\"}");
        assertThat(pong(1)).isEqualTo("pong");
    }

    @Test
    void aViolatedSchemaConsumesItsIdAndSaysWhere() {
        client.send("{\"id\":2,\"type\":\"ping\",\"x\":1}");
        JsonNode violation = client.next();
        client.send("{\"id\":2,\"type\":\"ping\"}");
        JsonNode reuse = client.next();

        assertThat(violation.get("error").get("code").textValue()).isEqualTo("invalid_format");
        assertThat(violation.get("error").get("message").textValue())
                .isEqualTo("extra keys not allowed @ data['x']. Got 1");
        assertThat(reuse.get("error").get("code").textValue()).isEqualTo("id_reuse");
    }

    @Test
    void aTextThatViolatesTheSchemaIsNotRepeated() {
        JsonNode error = client.error("auth/long_lived_access_token", "client_name", "a", "lifespan", "canary");

        assertThat(error.get("message").textValue()).isEqualTo("expected int for dictionary value @ data['lifespan']");
    }

    @Test
    void messagesInOneArrayAreAnsweredInTheirOrder() {
        client.send("[{\"id\":1,\"type\":\"ping\"},5,{\"id\":2,\"type\":\"auth/current_user\"},"
                + "{\"id\":2,\"type\":\"ping\"},{\"id\":3,\"type\":\"ping\"}]");

        assertThat(client.next().get("type").textValue()).isEqualTo("pong");
        assertThat(client.next().get("id").isNull()).isTrue();
        assertThat(client.next().get("success").booleanValue()).isTrue();
        assertThat(client.next().get("error").get("code").textValue()).isEqualTo("id_reuse");
        assertThat(client.next().toString()).isEqualTo("{\"id\":3,\"type\":\"pong\"}");
    }

    @Test
    void anEmptyArrayAsksForNothing() {
        client.send("[]");

        assertThat(pong(1)).isEqualTo("pong");
    }

    @Test
    void manyMessagesInAHurryAreAnsweredInTheirOrder() {
        for (int id = 1; id <= 500; id++) {
            client.send("{\"id\":" + id + ",\"type\":\"ping\"}");
        }
        for (int id = 1; id <= 500; id++) {
            assertThat(client.next().get("id").intValue()).isEqualTo(id);
        }
    }

    @Test
    void aMessageInSeveralFramesIsOne() {
        client.sendPart("{\"id\":1,", false);
        client.sendPart("\"type\":", false);
        client.sendPart("\"ping\"}", true);

        assertThat(client.next().get("type").textValue()).isEqualTo("pong");
    }

    @Test
    void aClientThatCoalescesIsStillUnderstoodAndAnsweredSingly() {
        assertThat(client.result("supported_features", "features", Map.of("coalesce_messages", 1))
                        .isNull())
                .isTrue();
        assertThat(client.result("supported_features", "features", Map.of()).isNull())
                .isTrue();
        assertThat(client.command("ping").isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"type\":\"supported_features\"}",
                "{\"id\":1,\"type\":\"supported_features\",\"features\":null}",
                "{\"id\":1,\"type\":\"supported_features\",\"features\":[]}",
                "{\"id\":1,\"type\":\"supported_features\",\"features\":{\"coalesce_messages\":\"1\"}}",
                "{\"id\":1,\"type\":\"supported_features\",\"features\":{\"coalesce_messages\":1.5}}",
                "{\"id\":1,\"type\":\"unsubscribe_events\"}",
                "{\"id\":1,\"type\":\"unsubscribe_events\",\"subscription\":\"1\"}",
            })
    void featuresAndSubscriptionsOfAnotherFormAreRefused(String message) {
        client.send(message);

        assertThat(client.next().get("error").get("code").textValue()).isEqualTo("invalid_format");
    }

    @Test
    void anUnknownSubscriptionIsNotFound() {
        assertThat(client.error("unsubscribe_events", "subscription", 4).toString())
                .isEqualTo("{\"code\":\"not_found\",\"message\":\"Subscription not found.\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "",
                "{\"id\":1,\"type\":\"ping\"",
                "{\"id\":1,\"type\":\"ping\"}{}",
                "{\"id\":1,\"id\":2,\"type\":\"ping\"}",
                "{\"id\":1,\"type\":\"ping\",\"x\":NaN}",
                "\uFEFF{\"id\":1,\"type\":\"ping\"}",
            })
    void whatIsNotJsonClosesWithCode1000(String message) {
        client.send(message);

        assertThat(client.closeCode()).isEqualTo(1000);
        assertThat(client.hasMore()).isFalse();
    }

    @Test
    void jsonNestedDeeperThanAnyMessageCloses() {
        client.send("{\"id\":1,\"type\":\"ping\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");

        assertThat(client.closeCode()).isEqualTo(1000);
    }

    @Test
    void aNumberLongerThanAnyMeaningCloses() {
        client.send("{\"id\":" + "9".repeat(60_000) + ",\"type\":\"ping\"}");

        assertThat(client.closeCode()).isEqualTo(1000);
    }

    @Test
    void aBinaryFrameClosesWithCode1000() {
        client.sendBinary((byte) 1);

        assertThat(client.closeCode()).isEqualTo(1000);
    }

    @Test
    void theServerPingsOftenEnoughForProxiesThatCloseAfterAMinute() {
        assertThat(pingInterval).isEqualTo(Duration.ofSeconds(55));
    }

    private String pong(int id) {
        client.send("{\"id\":" + id + ",\"type\":\"ping\"}");
        return client.next().get("type").textValue();
    }
}
