package dev.latchkey.platform.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksClientIT {

    private final TokenMaker maker = TokenMaker.with(Instant.EPOCH);
    private KeyServer server;

    @BeforeEach
    void start() {
        server = new KeyServer();
        server.publish(maker);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePublishedKeysAreFetched() {
        assertThat(fetch())
                .succeedsWithin(Duration.ofSeconds(30))
                .satisfies(keys -> assertThat(keys).containsOnlyKeys(maker.key().getKeyId()));
    }

    @Test
    void keysForSomethingElseAreNotTaken() throws JoseException {
        PublicJsonWebKey rsa = named(RsaJwkGenerator.generateJwk(2048), "rsa", "sig");
        PublicJsonWebKey curve = named(EcJwkGenerator.generateJwk(EllipticCurves.P384), "p384", "sig");
        PublicJsonWebKey encryption = named(EcJwkGenerator.generateJwk(EllipticCurves.P256), "enc", "enc");
        PublicJsonWebKey nameless = named(EcJwkGenerator.generateJwk(EllipticCurves.P256), null, "sig");
        server.publish(new JsonWebKeySet(List.of(rsa, curve, encryption, nameless, maker.key()))
                .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));

        assertThat(fetch())
                .succeedsWithin(Duration.ofSeconds(30))
                .satisfies(keys -> assertThat(keys).containsOnlyKeys(maker.key().getKeyId()));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 401, 404, 500, 503})
    void anotherAnswerIsNoAnswer(int status) {
        server.answerWith(status);

        assertThat(fetch()).failsWithin(Duration.ofSeconds(30));
        assertThat(server.requests()).as("no redirect is followed").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"keys\":[]}", "{\"keys\":5}", "{\"keys\":[{}]}", "<html>"})
    void whatIsNoSetOfKeysIsNoAnswer(String body) {
        server.publish(body);

        assertThat(fetch()).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        server.publish(" ".repeat(JwksClient.MAX_BYTES + 1));

        assertThat(fetch())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("too much");
    }

    @Test
    void silenceEndsAtTheDeadline() {
        server.beSilent();

        assertThat(new JwksClient(server.url(), Duration.ofMillis(200)).fetch()).failsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    void nobodyThereIsNoAnswer() {
        server.close();

        assertThat(fetch()).failsWithin(Duration.ofSeconds(30));
    }

    private CompletableFuture<Map<String, PublicKey>> fetch() {
        return new JwksClient(server.url(), Duration.ofSeconds(20)).fetch();
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key, String id, String use) {
        key.setKeyId(id);
        key.setUse(use);
        return key;
    }
}
