package dev.latchkey.auth.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.auth.entry.Turns.Turn;
import dev.latchkey.auth.socket.Caller;
import dev.latchkey.auth.socket.CommandException;
import dev.latchkey.auth.token.CallTokens;
import dev.latchkey.platform.services.ServicesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Calls flow-service as whoever sent a command, with an access token of the grant that the connection stands on: one attempt with
 * a deadline, and not too many at once. Blocks, for virtual threads.
 */
@ApplicationScoped
class FlowServiceCalls {

    private static final Logger LOG = Logger.getLogger(FlowServiceCalls.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /**
     * Changing an entry may wait for its set-up, and before that for one that is under way: 130 s at most with flow-service's
     * defaults. A change that was made must not be reported as failed.
     */
    private static final Duration DEADLINE_OF_CHANGE = Duration.ofSeconds(150);

    private static final int AT_ONCE = 64;
    private static final int MOST_BYTES = 256 * 1024;

    /** Lists can be large: 10,000 entries are 7 MB, which are in memory several times until they are sent. */
    private static final int LISTS_AT_ONCE = 4;

    private static final int MOST_BYTES_OF_LIST = 16 * 1024 * 1024;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    private final Turns turns = new Turns(AT_ONCE);
    private final Turns turnsOfChanges = new Turns(AT_ONCE);
    private final Turns turnsOfLists = new Turns(LISTS_AT_ONCE);
    private final URI flowUrl;
    private final CallTokens tokens;
    private final ObjectMapper json;

    FlowServiceCalls(ServicesConfig services, CallTokens tokens, ObjectMapper json) {
        this.flowUrl = services.flowUrl().orElse(null);
        this.tokens = tokens;
        this.json = json;
    }

    /**
     * A list that others wait for the end of.
     *
     * @param json in UTF-8
     */
    record HeldList(byte[] json, Turn turn) implements AutoCloseable {

        /** Lets the next one in, when this is not needed any more in any form. */
        @Override
        public void close() {
            turn.close();
        }
    }

    /**
     * Reads a list.
     *
     * @param target path and query, encoded
     * @return to be closed when what is made of it is on its way to the client
     * @throws CommandException when flow-service refuses, or does not answer in time
     */
    HeldList list(Caller caller, String target) throws CommandException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        Turn turn = turn(turnsOfLists, caller, deadline);
        boolean held = false;
        try {
            HeldList list =
                    new HeldList(call(request(caller, "GET", target, null), MOST_BYTES_OF_LIST, deadline), turn);
            held = true;
            return list;
        } finally {
            if (!held) {
                turn.close();
            }
        }
    }

    /** Reads one thing, as {@link #list}. */
    JsonNode get(Caller caller, String target) throws CommandException {
        return one(turns, caller, DEADLINE, "GET", target, null);
    }

    /** Changes one thing, however long its set-up takes, else as {@link #list}; returns nothing but a missing node when there is nothing to say. */
    JsonNode post(Caller caller, String target, JsonNode body) throws CommandException {
        return one(turnsOfChanges, caller, DEADLINE_OF_CHANGE, "POST", target, body);
    }

    private JsonNode one(Turns among, Caller caller, Duration longest, String method, String target, JsonNode body)
            throws CommandException {
        Turn turn = turn(among, caller, System.nanoTime() + DEADLINE.toNanos());
        try {
            long deadline = System.nanoTime() + longest.toNanos();
            return read(call(request(caller, method, target, body), MOST_BYTES, deadline));
        } finally {
            turn.close();
        }
    }

    private Turn turn(Turns among, Caller caller, long deadline) throws CommandException {
        if (flowUrl == null) {
            throw FlowServiceErrors.away();
        }
        try {
            Turn turn = among.take(caller.account().id(), deadline);
            if (turn == null) {
                throw FlowServiceErrors.late();
            }
            return turn;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FlowServiceErrors.away();
        }
    }

    private byte[] call(HttpRequest request, int mostBytes, long deadline) throws CommandException {
        HttpResponse<byte[]> answer = exchange(request, mostBytes, deadline);
        if (answer.statusCode() != 200 && answer.statusCode() != 204) {
            throw FlowServiceErrors.of(answer, json);
        }
        return answer.body();
    }

    private HttpRequest request(Caller caller, String method, String target, JsonNode body) throws CommandException {
        String token = tokens.of(caller.token().grantId(), caller.account())
                .orElseThrow(() -> new CommandException("unauthorized", "Unauthorized"));
        return HttpRequest.newBuilder(URI.create(flowUrl + target))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", caller.client().address().getHostAddress())
                .build();
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, int mostBytes, long deadline) throws CommandException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, LimitedBody.of(mostBytes));
        try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw FlowServiceErrors.late();
        } catch (ExecutionException e) {
            LOG.debugf("flow-service did not answer: %s", e.getCause());
            throw FlowServiceErrors.away();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FlowServiceErrors.away();
        } finally {
            // Ends an exchange that is still under way, however long it would take.
            answer.cancel(true);
        }
    }

    private JsonNode read(byte[] body) throws CommandException {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            LOG.warnf("flow-service answered what is no JSON: %s", e.getClass().getSimpleName());
            throw FlowServiceErrors.away();
        }
    }
}
