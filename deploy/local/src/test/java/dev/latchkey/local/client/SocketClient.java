package dev.latchkey.local.client;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** One WebSocket on an access token; every answer is waited for. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int WITHOUT_A_WORD = 1006;
    private static final JsonObject CLOSED = new JsonObject();

    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;
    private volatile End end;
    private int lastId;

    private SocketClient() {}

    /** The server says that the token is worth nothing, whereupon clients forget it. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    public static SocketClient connect(String url, String accessToken) throws IOException {
        var client = new SocketClient();
        try {
            client.socket = HTTP.newWebSocketBuilder()
                    .buildAsync(URI.create(url.replaceFirst("http", "ws") + "/api/websocket"), client)
                    .get(10, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (Exception e) {
            throw new IOException(e);
        }
        client.send(new JsonObject(Map.of("type", "auth", "access_token", accessToken)));
        var answer = client.receive();
        while (answer.getString("type").equals("auth_required")) {
            answer = client.receive();
        }
        if (!answer.getString("type").equals("auth_ok")) {
            throw new RefusedException();
        }
        return client;
    }

    /** Sends a command and returns what the server answers to it. */
    public JsonObject command(Map<String, Object> command) throws IOException {
        lastId++;
        send(new JsonObject().mergeIn(new JsonObject(command)).put("id", lastId));
        var answer = receive();
        while (answer.getInteger("id", lastId) < lastId) {
            // To a command before this one, which nobody waits for any more.
            answer = receive();
        }
        return answer;
    }

    /**
     * How a connection ended.
     *
     * @param at by {@link System#nanoTime()}
     * @param byTheServer whether the server said so, or went away
     */
    public record End(long at, boolean byTheServer) {}

    /** Returns how the connection ended; null while it is open. */
    public End end() {
        return end;
    }

    /** Returns what the server says next of itself: an event of a subscription. */
    public JsonObject event() throws IOException {
        return receive();
    }

    @Override
    public void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(new JsonObject(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        end = new End(System.nanoTime(), statusCode != WITHOUT_A_WORD);
        received.add(CLOSED);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end = new End(System.nanoTime(), false);
        received.add(CLOSED);
    }

    private void send(JsonObject message) throws IOException {
        try {
            socket.sendText(message.encode(), true).get(10, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private JsonObject receive() throws IOException {
        try {
            var message = received.poll(20, SECONDS);
            if (message == null || message == CLOSED) {
                throw new IOException("The socket is " + (message == null ? "silent" : "closed"));
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
