package dev.latchkey.flow.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.flow.example.MyException.Kind;
import dev.latchkey.flow.form.Secret;
import dev.latchkey.platform.outbound.OutboundHttp;
import dev.latchkey.platform.outbound.OutboundRequest;
import dev.latchkey.platform.outbound.OutboundResult.Failed;
import dev.latchkey.platform.outbound.OutboundResult.Refusal;
import dev.latchkey.platform.outbound.OutboundResult.Refused;
import dev.latchkey.platform.outbound.OutboundResult.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Talks to the service. A client written for Latchkey goes through the guarded way out, because people choose the host. */
final class MyClient {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 64 * 1024;

    private final OutboundHttp http;
    private final String host;
    private final Secret apiToken;

    MyClient(OutboundHttp http, String host, Secret apiToken) {
        this.http = http;
        this.host = host;
        this.apiToken = apiToken;
    }

    /**
     * Asks whose token it is. Blocks.
     *
     * @return the id of the user
     * @throws MyException if the service does not say
     */
    String checkConnection() throws MyException {
        if (!apiToken.reveal().matches("[!-~]+")) {
            throw new MyException(Kind.INVALID_AUTH, "A token has no blanks and no line breaks");
        }
        OutboundRequest request = OutboundRequest.get(
                host + "/api/user", Map.of("Authorization", "Bearer " + apiToken.reveal()), TIMEOUT, MOST_BYTES);
        return switch (http.send(request).join()) {
            case Refused refused
            when refused.reason() == Refusal.BUSY ->
                throw new MyException(Kind.CANNOT_CONNECT, "Too many tests are under way");
            case Refused refused ->
                throw new MyException(
                        Kind.ADDRESS_NOT_ALLOWED,
                        "The address is " + refused.reason().code());
            case Failed failed ->
                throw new MyException(
                        Kind.CANNOT_CONNECT,
                        "There is no answer: " + failed.reason().code());
            case Response response
            when response.status() == 401 -> throw new MyException(Kind.INVALID_AUTH, "The token was refused");
            case Response response when response.status() == 200 && response.complete() -> userId(response.body());
            case Response response ->
                throw new MyException(Kind.CANNOT_CONNECT, "The answer has the status " + response.status());
        };
    }

    private static String userId(byte[] body) throws MyException {
        try {
            JsonNode id = JSON.readTree(body).path("id");
            if (id.isValueNode() && !id.isNull()) {
                return id.asText();
            }
        } catch (IOException e) {
            // the same as an answer without an id
        }
        throw new MyException(Kind.CANNOT_CONNECT, "The answer does not say whose token it is");
    }
}
