package dev.latchkey.platform.token;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.Use;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Fetches the JSON Web Key Set of auth-service (RFC 7517 section 5): one attempt with a deadline, and a bounded body. */
final class JwksClient {

    static final Duration DEADLINE = Duration.ofSeconds(3);

    /** More than two thousand keys: a new one each month for ten years is 120. */
    static final int MAX_BYTES = 512 * 1024;

    private final HttpClient client;
    private final HttpRequest request;
    private final Duration deadline;

    /**
     * @param authUrl where auth-service is reached, without a slash at the end
     * @param deadline {@link #DEADLINE} outside tests
     */
    JwksClient(URI authUrl, Duration deadline) {
        this.deadline = deadline;
        client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(deadline)
                .build();
        request = HttpRequest.newBuilder(URI.create(authUrl + "/.well-known/jwks.json"))
                .timeout(deadline)
                .header("Accept", "application/json")
                .build();
    }

    /** Returns the keys by their ids; completes exceptionally when they cannot be had or there is none. Does not block. */
    CompletableFuture<Map<String, PublicKey>> fetch() {
        CompletableFuture<Map<String, PublicKey>> result = new CompletableFuture<>();
        Thread attempt = Thread.ofVirtual().name("jwks").unstarted(() -> {
            try {
                result.complete(keys(body()));
            } catch (IOException | JoseException | RuntimeException e) {
                result.completeExceptionally(e);
            } catch (InterruptedException e) {
                result.completeExceptionally(new IOException("auth-service did not answer in time"));
            }
        });
        attempt.start();
        // The request's own timeout ends with the headers of the answer.
        return result.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((keys, failure) -> attempt.interrupt());
    }

    private String body() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException("auth-service answered " + answer.statusCode());
            }
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("auth-service answered with too much");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Keys of another kind or for another use are none for access tokens. */
    static Map<String, PublicKey> keys(String json) throws JoseException {
        Map<String, PublicKey> byId = new HashMap<>();
        for (JsonWebKey key : new JsonWebKeySet(json).getJsonWebKeys()) {
            if (key instanceof EllipticCurveJsonWebKey ec
                    && EllipticCurves.P_256.equals(ec.getCurveName())
                    && ec.getKeyId() != null
                    && (ec.getUse() == null || Use.SIGNATURE.equals(ec.getUse()))
                    && (ec.getAlgorithm() == null || AccessTokenReader.ALGORITHM.equals(ec.getAlgorithm()))) {
                byId.put(ec.getKeyId(), NativeSignatures.translate(ec.getECPublicKey()));
            }
        }
        if (byId.isEmpty()) {
            throw new JoseException("there is no key for access tokens");
        }
        return byId;
    }
}
