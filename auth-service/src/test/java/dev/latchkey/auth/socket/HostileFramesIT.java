package dev.latchkey.auth.socket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a signed-in administrator sends, each frame is answered or closes the connection: no command fails in a way that
 * nobody thought of, and the service lives on. A seed repeats its frames exactly.
 */
@AuthServiceTest
class HostileFramesIT {

    private static final int FRAMES = 400;

    private static final List<String> TYPES = List.of(
            "auth",
            "auth/current_user",
            "auth/long_lived_access_token",
            "auth/refresh_tokens",
            "auth/delete_refresh_token",
            "auth/refresh_token_set_expiry",
            "config/auth/list",
            "config/auth/create",
            "config/auth/update",
            "config/auth/delete",
            "config/auth_provider/homeassistant/create",
            "config/auth_provider/homeassistant/delete",
            "config/auth_provider/homeassistant/change_password",
            "ping",
            "supported_features",
            "unsubscribe_events",
            "__proto__");

    private static final List<String> KEYS = List.of(
            "client_name",
            "client_icon",
            "lifespan",
            "refresh_token_id",
            "enable_expiry",
            "name",
            "group_ids",
            "local_only",
            "is_active",
            "user_id",
            "username",
            "password",
            "current_password",
            "new_password",
            "sign_out_others",
            "features",
            "subscription",
            "__proto__");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "365",
            "2147483648",
            "9223372036854775808",
            "1.5",
            "1e400",
            "-0.0",
            "\"\"",
            "\" \"",
            "\"a\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udfff\\ud800\"",
            "\"\uD83D\uDCF1\"",
            "\"\\u202e\\u2028\\ufeff\"",
            "\"' or 1=1; --\"",
            "\"%s%n${jndi:ldap://x}{{7*7}}\"",
            "\"../../etc/passwd\"",
            "\"" + "x".repeat(300) + "\"",
            "\"" + "\u00DF".repeat(30_000) + "\"",
            "[]",
            "[\"system-users\"]",
            "[\"system-users\",\"\\u0000\"]",
            "[null]",
            "{}",
            "{\"coalesce_messages\":1}",
            "{\"a\":{\"b\":[1,2,{\"c\":null}]}}");

    private static final List<String> BAD_IDS =
            VALUES.stream().filter(value -> !value.matches("[1-9][0-9]{0,17}")).toList();

    private static final List<String> GARBAGE =
            List.of("", "null", "[", "[]", "[[],{}]", "{\"id\":1", "\u0000", "\"", "{\"a\":1,\"a\":2}", "[".repeat(50));

    @Inject
    People people;

    private Random random;
    private Person person;
    private SocketClient client;
    private int id;

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_101, 987_654_321})
    void everyFrameIsAnsweredOrClosesAndNothingFailsUnexpectedly(long seed) {
        random = new Random(seed);
        person = people.someone("system-admin");
        connect();
        for (int i = 0; i < FRAMES; i++) {
            String frame = frame();
            if (!survives(frame)) {
                client.close();
                connect();
            }
        }
        client.close();
        given().get("/auth/providers").then().statusCode(200);
    }

    private void connect() {
        client = SocketClient.signedIn(people.signIn(person));
        id = 0;
    }

    /** Sends a frame and a ping after it, and reads up to the pong. Returns false when the connection was closed. */
    private boolean survives(String frame) {
        if (!client.trySend(frame) || !client.trySend("{\"id\":" + ++id + ",\"type\":\"ping\"}")) {
            return closed(frame);
        }
        while (true) {
            JsonNode answer = client.nextUnlessClosed();
            if (answer == null) {
                return closed(frame);
            }
            assertThat(answer.toString()).as(frame).doesNotContain("unknown_error");
            if ("pong".equals(answer.path("type").textValue())
                    && answer.path("id").intValue() == id) {
                return true;
            }
        }
    }

    private boolean closed(String frame) {
        assertThat(client.closeCode()).as(frame).isEqualTo(1000);
        return false;
    }

    private String frame() {
        return switch (random.nextInt(40)) {
            case 0 -> oneOf(GARBAGE);
            case 1, 2, 3 ->
                IntStream.range(0, 1 + random.nextInt(5))
                        .mapToObj(i -> command())
                        .collect(Collectors.joining(",", "[", "]"));
            default -> command();
        };
    }

    private String command() {
        String members = random.ints(random.nextInt(5), 0, KEYS.size())
                .distinct()
                .mapToObj(key -> ",\"" + KEYS.get(key) + "\":" + value())
                .collect(Collectors.joining());
        String anId = random.nextInt(20) == 0 ? oneOf(BAD_IDS) : String.valueOf(++id);
        String type = random.nextInt(40) == 0 ? oneOf(VALUES) : "\"" + oneOf(TYPES) + "\"";
        return "{\"id\":" + anId + ",\"type\":" + type + members + "}";
    }

    private String value() {
        return random.nextInt(8) == 0 ? "\"" + person.id() + "\"" : oneOf(VALUES);
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
