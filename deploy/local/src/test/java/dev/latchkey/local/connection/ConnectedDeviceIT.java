package dev.latchkey.local.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.local.LocalRun;
import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.SocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One device from the first form to another port, on the whole platform, while flow-service is killed again and again. */
@Timeout(600)
class ConnectedDeviceIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> SECRETS =
            List.of("first-planted-token", "second-planted-token", "guessed-planted-token", "planted-token-of-bob");

    @TempDir
    private static Path home;

    private static LocalRun run;
    private static Api api;
    private static Connections person;
    private static Device device;

    @BeforeAll
    static void start() throws Exception {
        run = LocalRun.platform(home, Map.of());
        api = new Api(run.url());
        person = new Connections(api, api.makeOwner().access());
        device = Device.start();
        Device.describe(home);
        await("the kind is known").atMost(SOON).until(() -> person.handlers().contains("fake_device"));
    }

    @AfterEach
    void disconnect() throws IOException {
        var token = api.signIn().access();
        for (var entry : person.entries()) {
            api.delete("/api/config/config_entries/entry/" + entry.getString("entry_id"), token);
        }
        assertThat(person.entries()).isEmpty();
    }

    @AfterAll
    static void end() throws Exception {
        if (device != null) {
            device.close();
        }
        if (run != null) {
            run.close();
        }
    }

    @Test
    void theWalkGoesOnWhereItWasWheneverTheServiceIsKilledAndLeavesNoSecret() throws Exception {
        device.changeToken("ada", "first-planted-token");
        device.changeToken("bob", "planted-token-of-bob");
        var flow = person.start(Map.of("handler", "fake_device")).getString("flow_id");
        crash();
        assertThat(person.flow(flow).getString("step_id")).isEqualTo("user");
        var asked = Map.<String, Object>of("host", device.url(), "api_token", "guessed-planted-token");
        assertThat(errors(person.submit(flow, asked))).isEqualTo("invalid_auth");
        crash();
        assertThat(errors(person.flow(flow))).isEqualTo("invalid_auth");
        var created = person.submit(flow, Map.of("host", device.url(), "api_token", "first-planted-token"));
        assertThat(created.getString("type")).isEqualTo("create_entry");
        var entry = created.getJsonObject("result").getString("entry_id");
        crash();
        person.awaitState("loaded");

        device.changeToken("ada", "second-planted-token");
        crash();
        person.awaitState("setup_error");
        var reauth = awaitReauthFlow();
        crash();
        assertThat(errors(person.submit(reauth, Map.of("api_token", "guessed-planted-token"))))
                .isEqualTo("invalid_auth");
        crash();
        assertThat(errors(person.flow(reauth))).isEqualTo("invalid_auth");
        assertThat(person.submit(reauth, Map.of("api_token", "planted-token-of-bob"))
                        .getString("reason"))
                .isEqualTo("wrong_account");
        crash();
        var again = person.reauthenticate(entry, Map.of()).getString("flow_id");
        assertThat(person.submit(again, Map.of("api_token", "second-planted-token"))
                        .getString("reason"))
                .isEqualTo("reauth_successful");
        crash();
        person.awaitState("loaded");
        assertThat(person.flows()).isEmpty();

        device.move();
        var moved = person.start(Map.of("handler", "fake_device", "entry_id", entry))
                .getString("flow_id");
        crash();
        assertThat(person.submit(moved, Map.of("host", device.url())).getString("reason"))
                .isEqualTo("reconfigure_successful");
        crash();
        person.awaitState("loaded");
        assertThat(person.entries()).extracting(e -> e.getString("entry_id")).containsExactly(entry);
        assertThat(filesThatHold(SECRETS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15, 30})
    void aFormThatIsSentWhileTheServiceIsKilledMakesOneEntry(int millisecondsBefore) throws Exception {
        device.changeToken("ada", "first-planted-token");
        var flow = person.start(Map.of("handler", "fake_device")).getString("flow_id");
        var input = Map.<String, Object>of("host", device.url(), "api_token", "first-planted-token");

        var sending = Thread.ofVirtual().start(() -> {
            try {
                person.submitOnce(flow, input);
            } catch (IOException e) {
                // The person sees an error and looks at the form again.
            }
        });
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millisecondsBefore));
        crash();
        sending.join();

        if (person.entries().isEmpty()) {
            assertThat(person.submit(flow, input).getString("type")).isEqualTo("create_entry");
        }
        person.awaitState("loaded");
        assertThat(person.flows()).isEmpty();
        assertThat(api.get(
                                "/api/config/config_entries/flow/" + flow,
                                api.signIn().access())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aWorkerReportsARefusalIsToldOfTheNewTokenAndGoesOn() throws Exception {
        device.changeToken("ada", "first-planted-token");
        var flow = person.start(Map.of("handler", "fake_device")).getString("flow_id");
        var entry = person.submit(flow, Map.of("host", device.url(), "api_token", "first-planted-token"))
                .getJsonObject("result")
                .getString("entry_id");
        person.awaitState("loaded");
        var token = worker();
        var worker = new Connections(api, token);
        assertThat(person.credentials(entry).status())
                .as("a person reads no secret, not even the owner")
                .isEqualTo(403);

        try (var socket = SocketClient.connect(api.url(), token)) {
            assertThat(socket.command(Map.of("type", "config_entries/subscribe"))
                            .getBoolean("success"))
                    .isTrue();
            assertThat(device.takes(secret(worker, entry))).isTrue();
            device.changeToken("ada", "second-planted-token");
            assertThat(device.takes(secret(worker, entry))).isFalse();

            var reauth = worker.reauthenticate(entry, Map.of("reason", "401 at /api/user"))
                    .getString("flow_id");
            assertThat(person.submit(reauth, Map.of("api_token", "second-planted-token"))
                            .getString("reason"))
                    .isEqualTo("reauth_successful");

            awaitToldLoadedAgain(socket, entry);
            assertThat(device.takes(secret(worker, entry))).isTrue();
        }
    }

    /** Reads events until the entry is loaded after it was something else. */
    private static void awaitToldLoadedAgain(SocketClient socket, String entry) throws IOException {
        var changed = false;
        while (true) {
            for (var element : socket.event().getJsonArray("event")) {
                var change = (JsonObject) element;
                var told = change.getJsonObject("entry");
                if ("updated".equals(change.getString("type"))
                        && told.getString("entry_id").equals(entry)) {
                    if (changed && told.getString("state").equals("loaded")) {
                        return;
                    }
                    changed |= !told.getString("state").equals("loaded");
                }
            }
        }
    }

    private static String secret(Connections worker, String entry) {
        var answer = worker.credentials(entry);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        return answer.json().getJsonObject("data").getString("api_token");
    }

    /** Makes a user of the group of workers and returns an access token of it. */
    private static String worker() throws IOException {
        try (var socket = SocketClient.connect(api.url(), api.signIn().access())) {
            var user = socket.command(Map.of(
                            "type",
                            "config/auth/create",
                            "name",
                            "Worker",
                            "group_ids",
                            List.of("system-integrations")))
                    .getJsonObject("result")
                    .getJsonObject("user")
                    .getString("id");
            var made = socket.command(Map.of(
                    "type",
                    "config/auth_provider/homeassistant/create",
                    "user_id",
                    user,
                    "username",
                    "worker",
                    "password",
                    "correct battery"));
            assertThat(made.getBoolean("success")).as(made.encode()).isTrue();
        }
        return api.signIn("worker", "correct battery").access();
    }

    private static String errors(JsonObject form) {
        assertThat(form.getString("type")).as(form.encode()).isEqualTo("form");
        return form.getJsonObject("errors").getString("base");
    }

    private static String awaitReauthFlow() {
        await("a flow that asks for a new token")
                .atMost(SOON)
                .until(() -> person.flows().size() == 1);
        var flow = person.flows().getFirst();
        assertThat(flow.getJsonObject("context").getString("source")).isEqualTo("reauth");
        return flow.getString("flow_id");
    }

    private static void crash() {
        var killed = run.kill("flow-service");
        await("a new flow-service")
                .atMost(SOON)
                .until(() -> run.process("flow-service")
                        .filter(next -> !next.equals(killed))
                        .isPresent());
    }

    /** Looks into everything the platform wrote: databases and their logs, Kafka's, and what the services logged. */
    private static List<Path> filesThatHold(List<String> secrets) throws IOException {
        try (var files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, secrets))
                    .toList();
        }
    }

    private static boolean holds(Path file, List<String> secrets) {
        try {
            var content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return secrets.stream().anyMatch(content::contains);
        } catch (IOException e) {
            return false; // gone since it was listed
        }
    }
}
