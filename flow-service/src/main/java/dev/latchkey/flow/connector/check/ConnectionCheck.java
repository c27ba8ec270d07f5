package dev.latchkey.flow.connector.check;

import dev.latchkey.flow.connector.check.CheckResult.Failed;
import dev.latchkey.flow.connector.check.CheckResult.Problem;
import dev.latchkey.flow.connector.check.RequestBuilder.Built;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.definition.Outcome;
import dev.latchkey.flow.connector.definition.OutcomeRule;
import dev.latchkey.platform.net.WebAddress;
import dev.latchkey.platform.outbound.OutboundHttp;
import dev.latchkey.platform.outbound.OutboundResult;
import dev.latchkey.platform.outbound.OutboundResult.BodyEnd;
import dev.latchkey.platform.outbound.OutboundResult.Failure;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tests connections. It blocks for as long as the test may take, so it is called on virtual threads. Thread-safe. */
@Singleton
public class ConnectionCheck {

    /** The fetcher keeps its deadline by itself; this is for the case that it does not. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final OutboundHttp http;
    private final RequestBuilder requests;
    private final Clock clock;

    @Inject
    public ConnectionCheck(OutboundHttp http, OutboundConfig config, Clock clock) {
        this.http = http;
        this.requests = new RequestBuilder(config.maxBytes());
        this.clock = clock;
    }

    /**
     * Asks a remote once.
     *
     * @param data the values of the connector's fields, secrets as secrets
     * @return what came of it; nothing the remote does makes it throw
     */
    public CheckResult run(Connector connector, Map<String, Object> data) {
        Built built = requests.build(connector, data);
        if (built.failure() != null) {
            return built.failure();
        }
        try {
            Duration longest = built.request().timeout().plus(GRACE);
            OutboundResult result = http.send(built.request()).get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return judge(connector, data, result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(Problem.CANNOT_CONNECT, "The test was interrupted");
        } catch (ExecutionException | TimeoutException e) {
            return new Failed(Problem.UNKNOWN, "The test ended unexpectedly");
        }
    }

    /** @return the host that a test would ask, in lower case; empty when the values make no address */
    public Optional<String> host(Connector connector, Map<String, Object> data) {
        return Optional.ofNullable(requests.build(connector, data).request())
                .flatMap(request -> WebAddress.parse(request.url()))
                .map(WebAddress::connectHost);
    }

    private CheckResult judge(Connector connector, Map<String, Object> data, OutboundResult result) {
        return switch (result) {
            case OutboundResult.Refused refused -> refused(connector, refused);
            case OutboundResult.Failed(Failure reason) -> failed(reason);
            case Response response -> answered(connector, data, response);
        };
    }

    private static CheckResult refused(Connector connector, OutboundResult.Refused refused) {
        String field =
                connector.check().url().addressFields().stream().findFirst().orElse(null);
        return switch (refused.reason()) {
            case ADDRESS_NOT_ALLOWED, OWN_ADDRESS, PORT_NOT_ALLOWED ->
                new Failed(Problem.ADDRESS_NOT_ALLOWED, field, "The address is one that may not be connected to", null);
            case INVALID_URL -> new Failed(Problem.INVALID_HOST, field, "The values make no address of the web", null);
            case BUSY -> new Failed(Problem.CANNOT_CONNECT, "Too many tests are under way");
        };
    }

    private static CheckResult failed(Failure reason) {
        return switch (reason) {
            case UNKNOWN_HOST -> new Failed(Problem.CANNOT_CONNECT, "The name of the host is not known");
            case CONNECT_FAILED -> new Failed(Problem.CANNOT_CONNECT, "The host does not accept the connection");
            case TLS_FAILED -> new Failed(Problem.CANNOT_CONNECT, "There is no trustworthy TLS connection");
            case TIMEOUT -> new Failed(Problem.CANNOT_CONNECT, "There was no answer in time");
            case BAD_RESPONSE -> new Failed(Problem.CANNOT_CONNECT, "The connection broke without an answer");
            case UNKNOWN_CODING -> new Failed(Problem.INVALID_RESPONSE, "The answer is in an unknown coding");
        };
    }

    private CheckResult answered(Connector connector, Map<String, Object> data, Response response) {
        Optional<Outcome> outcome = OutcomeRule.outcome(connector.check().outcomes(), response.status());
        if (outcome.isEmpty()) {
            return new Failed(Problem.UNKNOWN, "The answer has the status " + response.status());
        }
        return switch (outcome.get()) {
            case OK -> whole(connector, data, response);
            case INVALID_AUTH ->
                new Failed(Problem.INVALID_AUTH, "The credentials were refused with status " + response.status());
            case CANNOT_CONNECT ->
                new Failed(
                        Problem.CANNOT_CONNECT,
                        null,
                        "The answer has the status " + response.status(),
                        retryAfter(response));
        };
    }

    private static CheckResult whole(Connector connector, Map<String, Object> data, Response response) {
        BodyEnd end = response.end();
        return switch (end) {
            case COMPLETE -> AccountReader.read(connector, data, response.body());
            case CUT -> new Failed(Problem.INVALID_RESPONSE, "The answer is longer than is read");
            case TIMED_OUT -> new Failed(Problem.CANNOT_CONNECT, "The answer did not end in time");
            case BROKEN_OFF -> new Failed(Problem.CANNOT_CONNECT, "The answer broke off");
        };
    }

    private Duration retryAfter(Response response) {
        return response.headers()
                .firstValue("retry-after")
                .flatMap(text -> RetryAfter.parse(text, clock.instant()))
                .orElse(null);
    }
}
