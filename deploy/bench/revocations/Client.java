import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An app that signs people in, makes links and opens sockets. */
final class Client {

    private static final String APP = "http://127.0.0.1/";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String username;
    private final String password;

    /** What a sign-in ends in. */
    record Tokens(String access, String refresh) {}

    Client(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /** Signs in by way of an auth-service; costs it a password hash. */
    Tokens signIn(Replica auth) throws IOException, InterruptedException {
        String begun = post(
                auth.url + "/auth/login_flow",
                "{\"client_id\":\"" + APP + "\",\"handler\":[\"homeassistant\",null],\"redirect_uri\":\"" + APP + "\"}",
                null);
        String finished = post(
                auth.url + "/auth/login_flow/" + value(begun, "flow_id"),
                "{\"client_id\":\"" + APP + "\",\"username\":\"" + username + "\",\"password\":\"" + password + "\"}",
                null);
        String granted = post(
                auth.url + "/auth/token",
                "grant_type=authorization_code&code=" + value(finished, "result") + "&client_id=http%3A%2F%2F127.0.0.1%2F",
                null);
        return new Tokens(value(granted, "access_token"), value(granted, "refresh_token"));
    }

    /** Has a signing-service make a link. */
    String link(Replica signing, Tokens tokens) throws IOException, InterruptedException {
        String made = post(
                signing.url + "/api/signed_paths", "{\"path\":\"/files/hello.txt\",\"expires\":600}", tokens.access());
        return value(made, "path");
    }

    /** Opens a socket at an auth-service. The result is the time, of {@link System#nanoTime()}, at which it was closed. */
    CompletableFuture<Long> socket(Replica auth, Tokens tokens) throws Exception {
        CompletableFuture<Void> open = new CompletableFuture<>();
        CompletableFuture<Long> closed = new CompletableFuture<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(auth.url.replaceFirst("http", "ws") + "/api/websocket"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        if (data.toString().contains("auth_ok")) {
                            open.complete(null);
                        }
                        from.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
                        closed.complete(System.nanoTime());
                        return null;
                    }

                    @Override
                    public void onError(WebSocket from, Throwable error) {
                        closed.complete(System.nanoTime());
                    }
                })
                .get(10, TimeUnit.SECONDS);
        socket.sendText("{\"type\":\"auth\",\"access_token\":\"" + tokens.access() + "\"}", true);
        open.get(10, TimeUnit.SECONDS);
        return closed;
    }

    private String post(String url, String body, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static String value(String json, String name) throws IOException {
        Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!value.find()) {
            throw new IOException("there is no " + name + " in " + json);
        }
        return value.group(1);
    }
}
