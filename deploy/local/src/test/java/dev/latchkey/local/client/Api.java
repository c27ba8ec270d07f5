package dev.latchkey.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A client of the HTTP interface, as plain as can be: it says what it got and retries nothing. */
public final class Api {
    public static final String USERNAME = "ada";
    public static final String PASSWORD = "correct horse";

    private final HttpClient http;
    private final String url;
    private final String clientId;
    private final Duration patience;

    /** Talks to the platform at an address without a final slash. */
    public Api(String url) {
        this(
                url,
                url + "/",
                Duration.ofSeconds(20),
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build());
    }

    /**
     * Talks to one of several replicas.
     *
     * @param clientId the app that this client is, at whichever replica
     * @param patience how long an answer is waited for
     */
    public Api(String url, String clientId, Duration patience, HttpClient http) {
        this.url = url;
        this.clientId = clientId;
        this.patience = patience;
        this.http = http;
    }

    /** What came back. */
    public record Answer(int status, String body, HttpHeaders headers) {
        public JsonObject json() {
            return new JsonObject(body);
        }
    }

    /** What a sign-in ends in. */
    public record Tokens(String access, String refresh) {}

    public String url() {
        return url;
    }

    /** The app that this client is. */
    public String clientId() {
        return clientId;
    }

    public Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    public Answer get(String path, String accessToken) throws IOException {
        return send(request(path).header("Authorization", "Bearer " + accessToken));
    }

    /** Gets with headers of one's own. */
    public Answer get(String path, Map<String, String> headers) throws IOException {
        var request = request(path);
        headers.forEach(request::header);
        return send(request);
    }

    public Answer postForm(String path, Map<String, String> fields) throws IOException {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    public Answer postJson(String path, Map<String, Object> fields) throws IOException {
        var body = new JsonObject(fields).encode();
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    public Answer postJson(String path, String accessToken, Map<String, Object> fields) throws IOException {
        return send(request(path)
                .header("Authorization", "Bearer " + accessToken)
                .POST(BodyPublishers.ofString(new JsonObject(fields).encode())));
    }

    public Answer delete(String path, String accessToken) throws IOException {
        return send(
                request(path).header("Authorization", "Bearer " + accessToken).DELETE());
    }

    /** Makes the first user and signs in as it. */
    public Tokens makeOwner() throws IOException {
        var made = postJson(
                "/api/onboarding/users",
                Map.of(
                        "name",
                        "Ada",
                        "username",
                        USERNAME,
                        "password",
                        PASSWORD,
                        "client_id",
                        clientId(),
                        "language",
                        "en"));
        return tokens(redeem(made.json().getString("auth_code")));
    }

    public Answer beginSignIn() throws IOException {
        return postJson(
                "/auth/login_flow",
                Map.of("client_id", clientId(), "handler", homeAssistantHandler(), "redirect_uri", clientId()));
    }

    public Answer finishSignIn(String flowId) throws IOException {
        return finishSignIn(flowId, USERNAME, PASSWORD);
    }

    public Answer finishSignIn(String flowId, String username, String password) throws IOException {
        return postJson(
                "/auth/login_flow/" + flowId,
                Map.of("client_id", clientId(), "username", username, "password", password));
    }

    /** Signs in again and returns the code. */
    public String code() throws IOException {
        return finishSignIn(beginSignIn().json().getString("flow_id")).json().getString("result");
    }

    public Answer redeem(String code) throws IOException {
        return postForm(
                "/auth/token", Map.of("grant_type", "authorization_code", "code", code, "client_id", clientId()));
    }

    public Answer refresh(String refreshToken) throws IOException {
        return postForm(
                "/auth/token",
                Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", clientId()));
    }

    public Answer revoke(String refreshToken) throws IOException {
        return postForm("/auth/revoke", Map.of("token", refreshToken));
    }

    public Tokens signIn() throws IOException {
        return tokens(redeem(code()));
    }

    /** Signs in as somebody else than the owner. */
    public Tokens signIn(String username, String password) throws IOException {
        var flowId = beginSignIn().json().getString("flow_id");
        return tokens(redeem(finishSignIn(flowId, username, password).json().getString("result")));
    }

    /** Reads what the token endpoint granted. */
    public static Tokens tokens(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return new Tokens(answer.json().getString("access_token"), answer.json().getString("refresh_token"));
    }

    private static List<String> homeAssistantHandler() {
        var handler = new ArrayList<String>();
        handler.add("homeassistant");
        handler.add(null);
        return handler;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(patience);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer.headers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
