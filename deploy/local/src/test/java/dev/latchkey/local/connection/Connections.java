package dev.latchkey.local.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.local.client.Api;
import dev.latchkey.local.client.Api.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** What a person does with entries and flows, who tries again while the platform says that it is not there. */
final class Connections {
    private static final String BASE = "/api/config/config_entries";
    private static final Set<Integer> AGAIN_LATER = Set.of(409, 502, 503);
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Api api;
    private final String token;

    Connections(Api api, String accessToken) {
        this.api = api;
        this.token = accessToken;
    }

    /** Starts a flow. */
    JsonObject start(Map<String, Object> request) {
        return ok(() -> api.postJson(BASE + "/flow", token, request));
    }

    /** Returns what a flow ended its last step with. */
    JsonObject flow(String flowId) {
        return ok(() -> flowIfOpen(flowId));
    }

    /** Returns the answer as it is: 404 when the flow has ended. */
    Answer flowIfOpen(String flowId) throws IOException {
        return api.get(BASE + "/flow/" + flowId, token);
    }

    /** Enters something into the form of a flow. */
    JsonObject submit(String flowId, Map<String, Object> input) {
        return ok(() -> submitOnce(flowId, input));
    }

    /** Enters something, without trying again. */
    Answer submitOnce(String flowId, Map<String, Object> input) throws IOException {
        return api.postJson(BASE + "/flow/" + flowId, token, input);
    }

    /** Asks for the re-authentication of an entry. */
    JsonObject reauthenticate(String entryId, Map<String, Object> request) {
        return ok(() -> api.postJson(BASE + "/entry/" + entryId + "/reauth", token, request));
    }

    /** Lists the entries. */
    List<JsonObject> entries() {
        return list(BASE + "/entry");
    }

    /** Lists the open flows. */
    List<JsonObject> flows() {
        return list(BASE + "/flow");
    }

    /** Lists the kinds of things that can be connected. */
    String handlers() {
        return answered(() -> api.get(BASE + "/flow_handlers", token)).body();
    }

    /** Reads the secrets of an entry, as a worker does. */
    Answer credentials(String entryId) {
        return answered(() -> api.get(BASE + "/entry/" + entryId + "/credentials", token));
    }

    /** Waits until the only entry has a state. */
    void awaitState(String state) {
        await("an entry that is " + state)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(entries())
                        .extracting(entry -> entry.getString("state"))
                        .containsExactly(state));
    }

    /** Waits until the platform answers with something else than that a part of it is away, or busy with what a dead one began. */
    private static Answer answered(Callable<Answer> call) {
        var last = new AtomicReference<Answer>();
        await("an answer")
                .ignoreExceptionsInstanceOf(IOException.class)
                .atMost(SOON)
                .until(() -> {
                    last.set(call.call());
                    return !AGAIN_LATER.contains(last.get().status());
                });
        return last.get();
    }

    private static JsonObject ok(Callable<Answer> call) {
        var answer = answered(call);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private List<JsonObject> list(String path) {
        var answer = answered(() -> api.get(path, token));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new JsonArray(answer.body()).stream().map(JsonObject.class::cast).toList();
    }
}
