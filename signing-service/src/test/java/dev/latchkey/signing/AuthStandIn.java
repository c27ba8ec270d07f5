package dev.latchkey.signing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.platform.revocation.Revocation;
import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.platform.user.KnownUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Says over HTTP and Kafka what auth-service would, and makes tokens as it does. */
public final class AuthStandIn implements AutoCloseable {

    static final String CREDENTIAL = "the-service-credential-of-the-tests";
    static final String ISSUER = "https://example.com";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final EllipticCurveJsonWebKey key;
    private final Set<String> revokedGrants = ConcurrentHashMap.newKeySet();
    private final AuthEvents events;
    private volatile boolean away;

    AuthStandIn(String kafka) {
        events = new AuthEvents(kafka);
        try {
            key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(Secrets.randomId());
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext(
                "/.well-known/jwks.json",
                exchange -> answer(
                        exchange, new JsonWebKeySet(List.of(key)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)));
        server.createContext("/auth/introspect", this::introspect);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Makes a token that is issued now and valid for half an hour. */
    public String token(String userId, String grantId, String... groups) {
        return token(userId, grantId, Instant.now(), groups);
    }

    /** Makes a token that is valid for half an hour. */
    public String token(String userId, String grantId, Instant issuedAt, String... groups) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(ISSUER);
        claims.setSubject(userId);
        claims.setStringClaim("client_id", "https://app.example/");
        claims.setIssuedAt(NumericDate.fromSeconds(issuedAt.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(issuedAt.getEpochSecond() + 1_800));
        claims.setJwtId(Secrets.randomId());
        claims.setStringClaim("sid", grantId);
        claims.setStringListClaim("groups", groups);
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue("ES256");
        jws.setHeader("typ", "at+jwt");
        jws.setKeyIdHeaderValue(key.getKeyId());
        jws.setPayload(claims.toJson());
        jws.setKey(key.getPrivateKey());
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes a grant back, and says so. */
    public void revoke(String grantId) {
        revokedGrants.add(grantId);
        Map<String, Instant> expiry = Map.of(grantId, Instant.now().plusSeconds(3_600));
        events.send(List.of(new Revocation(grantId, "ada", "test", Instant.now(), expiry).toEvent()));
    }

    /** Takes a grant back without saying so on Kafka. */
    public void revokeInSilence(String grantId) {
        revokedGrants.add(grantId);
    }

    /** Says how a user is now. */
    public void user(KnownUser user) {
        events.send(List.of(user.changed(Instant.now())));
    }

    /** Says nothing on Kafka any more, or something again. */
    public void silent(boolean silent) {
        events.silent(silent);
    }

    /** Answers nothing, or answers again. */
    public void away(boolean away) {
        this.away = away;
    }

    private void introspect(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean ours =
                ("Bearer " + CREDENTIAL).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean active = ours
                && form.endsWith("&token_type_hint=latchkey_grant_id")
                && revokedGrants.stream().noneMatch(grant -> form.startsWith("token=" + grant + "&"));
        answer(exchange, "{\"active\":" + active + "}");
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(away ? 503 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        events.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
