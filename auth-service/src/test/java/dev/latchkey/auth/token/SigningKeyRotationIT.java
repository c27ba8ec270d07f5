package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.refresh;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.OwnDatabase;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.testing.AdjustableClock;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signing keys come and go, and no token is refused for it (decision A10). Time only moves forward in this database. */
@AuthServiceTest
@TestProfile(OwnDatabase.class)
class SigningKeyRotationIT {

    private static final Duration KEY_LIFETIME = Duration.ofDays(30);
    private static final Duration PUBLISHED_AHEAD = Duration.ofMinutes(10);

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    RefreshTokenService refreshTokens;

    @Inject
    SigningKeys keys;

    @Inject
    AdjustableClock clock;

    @Test
    void aNewKeyIsPublishedBeforeItSignsAndOldTokensStillVerify() {
        keys.rotate();
        Person person = people.someone();
        String refreshToken = people.signIn(person).refreshToken();
        clock.advance(KEY_LIFETIME);
        String before = refresh(refreshToken).path("access_token");
        int published = publishedKeys().size();

        keys.rotate();
        assertThat(publishedKeys()).hasSize(published + 1).contains(keyOf(before));
        assertThat(keyOf(refresh(refreshToken).path("access_token")))
                .as("published, but not in use yet")
                .isEqualTo(keyOf(before));

        clock.advance(PUBLISHED_AHEAD);
        String after = refresh(refreshToken).path("access_token");
        assertThat(keyOf(after)).isNotEqualTo(keyOf(before));
        assertThat(publishedKeys()).contains(keyOf(before), keyOf(after));
        api(before).then().statusCode(200);
        api(after).then().statusCode(200);
    }

    @Test
    void anOldKeyGoesWhenNoTokenItSignedCanLiveAnyMore() {
        keys.rotate();
        Tokens tokens = people.signIn(people.someone());
        String old = keyOf(tokens.accessToken());
        nextKey();

        clock.advance(Duration.ofMinutes(30));
        keys.rotate();
        assertThat(publishedKeys()).contains(old);

        clock.advance(Duration.ofMinutes(31));
        keys.rotate();
        assertThat(publishedKeys()).doesNotContain(old);
        api(tokens.accessToken()).then().statusCode(401);
        api(refresh(tokens.refreshToken()).path("access_token")).then().statusCode(200);
    }

    @Test
    void aKeyStaysAsLongAsALongLivedTokenItSigned() {
        keys.rotate();
        Person person = people.someone();
        people.signIn(person);
        String longLived = refreshTokens.issueLongLivedAccessToken(
                users.find(person.id()).orElseThrow().account(),
                refreshTokens.list(person.id()).getFirst().id(),
                "gps logger",
                null,
                Duration.ofDays(100));
        for (int i = 0; i < 3; i++) {
            nextKey();
        }
        clock.advance(Duration.ofHours(2));
        keys.rotate();

        assertThat(publishedKeys()).contains(keyOf(longLived));
        api(longLived).then().statusCode(200);

        clock.advance(Duration.ofDays(11));
        keys.rotate();
        api(longLived).then().statusCode(401);
        assertThat(publishedKeys()).doesNotContain(keyOf(longLived));
    }

    @Test
    void rotatingAgainChangesNothing() {
        keys.rotate();
        List<String> published = publishedKeys();

        keys.rotate();

        assertThat(publishedKeys()).isEqualTo(published);
    }

    @Test
    void aReplicaWhoseClockIsBehindSignsAllTheSame() {
        keys.rotate();
        clock.advance(Duration.ofSeconds(-90).minus(KEY_LIFETIME.multipliedBy(100)));
        try {
            assertThat(keys.current()).isNotNull();
        } finally {
            clock.advance(Duration.ofSeconds(90).plus(KEY_LIFETIME.multipliedBy(100)));
        }
    }

    private void nextKey() {
        clock.advance(KEY_LIFETIME);
        keys.rotate();
        clock.advance(PUBLISHED_AHEAD);
    }

    private static List<String> publishedKeys() {
        return given().get("/.well-known/jwks.json").jsonPath().getList("keys.kid");
    }

    private static String keyOf(String accessToken) {
        String header = new String(Base64.getUrlDecoder().decode(accessToken.split("\\.")[0]));
        return io.restassured.path.json.JsonPath.from(header).getString("kid");
    }
}
