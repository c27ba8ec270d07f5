package dev.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of {@code /api/websocket} that sends anything and waits a bounded time for everything. */
public final class SocketClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 15;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final WebSocket socket;
    private int lastId;

    private SocketClient(String from) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (from != null) {
            builder.header("X-Forwarded-For", from);
        }
        URI address = URI.create("ws://localhost:" + RestAssured.port + "/api/websocket");
        socket = builder.buildAsync(address, new Listener()).join();
    }

    /** Opens a connection; nothing is read or sent yet. */
    public static SocketClient open() {
        return new SocketClient(null);
    }

    /**
     * Opens a connection as from another address, by way of a trusted proxy.
     *
     * @throws CompletionException with the handshake's failure when it is refused
     */
    public static SocketClient openFrom(String address) {
        return new SocketClient(address);
    }

    /** Opens a connection and authenticates. */
    public static SocketClient signedIn(Tokens tokens) {
        return open().authenticate(tokens.accessToken());
    }

    /** Opens a connection as from another address and authenticates. */
    public static SocketClient signedInFrom(String address, String accessToken) {
        return openFrom(address).authenticate(accessToken);
    }

    /** Authenticates and checks that this succeeds. */
    public SocketClient authenticate(String accessToken) {
        assertThat(next().path("type").textValue()).isEqualTo("auth_required");
        sendAuth(accessToken);
        assertThat(next().path("type").textValue()).isEqualTo("auth_ok");
        return this;
    }

    public void sendAuth(String accessToken) {
        send(json("type", "auth", "access_token", accessToken));
    }

    /** Sends a text frame as it is. */
    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /** Sends a text frame; returns false when the connection is closed. */
    public boolean trySend(String text) {
        try {
            send(text);
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    /** Sends a part of a message. */
    public void sendPart(String text, boolean last) {
        socket.sendText(text, last).join();
    }

    public void sendBinary(byte... bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Returns the next message; fails when none comes in time. */
    public JsonNode next() {
        try {
            return JSON.readTree(nextText());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the next message as it came; fails when none comes in time. */
    public String nextText() {
        try {
            String text = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(text)
                    .as("a message in time (close code: %s)", closed.getNow(null))
                    .isNotNull();
            return text;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the next message; null when the connection was closed instead. */
    public JsonNode nextUnlessClosed() {
        Instant deadline = Instant.now().plusSeconds(PATIENCE_SECONDS);
        try {
            while (received.peek() == null && !isClosed()) {
                assertThat(Instant.now()).as("a message or the end in time").isBefore(deadline);
                String early = received.poll(10, TimeUnit.MILLISECONDS);
                if (early != null) {
                    return JSON.readTree(early);
                }
            }
        } catch (InterruptedException | JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return hasMore() ? next() : null;
    }

    /** Sends a command under the next id and returns its answer. */
    public JsonNode command(String type, Object... keysAndValues) {
        ObjectNode message = object(keysAndValues).put("id", ++lastId).put("type", type);
        send(message.toString());
        JsonNode answer = next();
        assertThat(answer.path("id").intValue()).isEqualTo(lastId);
        return answer;
    }

    /** Sends a command under the next id, which it returns, and leaves the answer to be read. */
    public int sendCommand(String type, Object... keysAndValues) {
        send(object(keysAndValues).put("id", ++lastId).put("type", type).toString());
        return lastId;
    }

    /** Returns what the next message says as an event of a subscription; fails when it is another message. */
    public JsonNode event(int subscription) {
        JsonNode message = next();
        assertThat(message.path("type").textValue()).as(message.toString()).isEqualTo("event");
        assertThat(message.path("id").intValue()).as(message.toString()).isEqualTo(subscription);
        return message.get("event");
    }

    /** Sends a command that succeeds and returns its result. */
    public JsonNode result(String type, Object... keysAndValues) {
        JsonNode answer = command(type, keysAndValues);
        assertThat(answer.path("success").booleanValue()).as(answer.toString()).isTrue();
        return answer.get("result");
    }

    /** Sends a command that fails and returns its error. */
    public JsonNode error(String type, Object... keysAndValues) {
        JsonNode answer = command(type, keysAndValues);
        assertThat(answer.path("success").booleanValue()).as(answer.toString()).isFalse();
        assertThat(answer.has("result")).isFalse();
        return answer.get("error");
    }

    /** Sends a command that fails and returns the code of its error. */
    public String errorCode(String type, Object... keysAndValues) {
        return error(type, keysAndValues).get("code").textValue();
    }

    /** Waits until the server has closed the connection and returns the code; 1006 when it just went away. */
    public int closeCode() {
        try {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the connection is still open", e);
        }
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    /** Tells whether something was received that was not read with {@link #next()}. */
    public boolean hasMore() {
        return !received.isEmpty();
    }

    public int pings() {
        return pings.get();
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Returns a JSON object. */
    public static String json(Object... keysAndValues) {
        return object(keysAndValues).toString();
    }

    private static ObjectNode object(Object... keysAndValues) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.set((String) keysAndValues[i], JSON.valueToTree(keysAndValues[i + 1]));
        }
        return object;
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                received.add(message.toString());
                message.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer data) {
            pings.incrementAndGet();
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(1006);
        }
    }
}
