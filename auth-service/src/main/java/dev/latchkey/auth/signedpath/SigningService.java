package dev.latchkey.auth.signedpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.auth.signedpath.SigningAnswer.Refused;
import dev.latchkey.auth.signedpath.SigningAnswer.Signed;
import dev.latchkey.auth.signedpath.SigningAnswer.Unavailable;
import dev.latchkey.platform.services.ServicesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Calls signing-service with the caller's own access token: one attempt with a deadline, and not too many at once. Blocks. */
@ApplicationScoped
class SigningService {

    private static final Logger LOG = Logger.getLogger(SigningService.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final int AT_ONCE = 64;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Optional<URI> endpoint;
    private final ObjectMapper json;

    SigningService(ServicesConfig services, ObjectMapper json) {
        this.endpoint = services.signingUrl().map(url -> URI.create(url + "/api/signed_paths"));
        this.json = json;
    }

    /**
     * Has a path signed.
     *
     * @param expires seconds; null for the default
     */
    SigningAnswer sign(String accessToken, String path, Integer expires) {
        if (endpoint.isEmpty() || !room.tryAcquire()) {
            return new Unavailable();
        }
        try {
            return call(endpoint.get(), accessToken, path, expires);
        } catch (IOException e) {
            LOG.debugf("signing-service did not answer: %s", e.getMessage());
            return new Unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable();
        } finally {
            room.release();
        }
    }

    private SigningAnswer call(URI endpoint, String accessToken, String path, Integer expires)
            throws IOException, InterruptedException {
        ObjectNode wanted = json.createObjectNode().put("path", path);
        if (expires != null) {
            wanted.put("expires", expires);
        }
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(DEADLINE)
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(wanted)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return switch (answer.statusCode()) {
            case 200 -> new Signed(text(answer.body(), "path"));
            case 400 -> new Refused(text(answer.body(), "message"));
            default -> {
                LOG.debugf("signing-service answered %d", answer.statusCode());
                yield new Unavailable();
            }
        };
    }

    private String text(String body, String name) throws IOException {
        JsonNode value = json.readTree(body).path(name);
        if (!value.isTextual()) {
            throw new IOException("signing-service did not say the " + name);
        }
        return value.textValue();
    }
}
