package dev.latchkey.auth.bearer;

import static dev.latchkey.auth.Calls.from;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.Calls;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.Tokens;
import dev.latchkey.testing.AdjustableClock;
import dev.latchkey.testing.RawHttp;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the API: the holder of an access token, in the one header there is for it (decision A13; RFC 6750). */
@AuthServiceTest
class BearerIT {

    @Inject
    People people;

    @Inject
    AdjustableClock clock;

    @AfterEach
    void presentTime() {
        clock.reset();
    }

    @Test
    void theHolderOfAnAccessTokenIsServed() {
        Response answer = api(people.signIn(people.someone()).accessToken());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).isEqualTo("{\"message\":\"API running.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR "})
    void theSchemeMayBeWrittenInAnyCase(String scheme) {
        String token = people.signIn(people.someone()).accessToken();

        given().header("Authorization", scheme + token).get("/api/").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "Bearer  %s",
                "Bearer%s",
                "Bearer\t%s",
                "Bearer %s x",
                "Bearer x %s",
                "Token %s",
                "Bearer=%s",
                "\"Bearer %s\""
            })
    void anythingButTheSchemeOneSpaceAndTheTokenIsRefused(String form) {
        String token = people.signIn(people.someone()).accessToken();

        assertUnauthorized(
                given().header("Authorization", form.formatted(token)).get("/api/"));
    }

    @Test
    void aTokenAnywhereElseIsNotRead() {
        String token = people.signIn(people.someone()).accessToken();

        assertUnauthorized(given().get("/api/"));
        assertUnauthorized(given().queryParam("access_token", token).get("/api/"));
        assertUnauthorized(given().queryParam("authSig", token).get("/api/"));
        assertUnauthorized(given().queryParam("api_password", People.PASSWORD).get("/api/"));
        assertUnauthorized(given().cookie("access_token", token).get("/api/"));
        assertUnauthorized(given().header("X-HA-Access", token).get("/api/"));
        assertUnauthorized(
                given().header("Proxy-Authorization", "Bearer " + token).get("/api/"));
        assertUnauthorized(given().auth()
                .preemptive()
                .basic(People.OWNER, People.OWNER_PASSWORD)
                .get("/api/"));
    }

    @Test
    void twoAuthorizationHeadersAreRefusedEvenWithAGoodToken() {
        String token = people.signIn(people.someone()).accessToken();

        for (String other : new String[] {"Bearer " + token, "Bearer x", "Basic eDp4", ""}) {
            assertThat(RawHttp.send("GET", "/api/", "Authorization: Bearer " + token, "Authorization: " + other)
                            .status())
                    .isEqualTo(401);
            assertThat(RawHttp.send("GET", "/api/", "Authorization: " + other, "Authorization: Bearer " + token)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void noOtherSecretIsAnAccessToken() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);

        assertUnauthorized(api(tokens.refreshToken()));
        assertUnauthorized(api(people.code(person)));
        assertUnauthorized(api(Calls.SERVICES_SECRET));
        assertUnauthorized(api(person.password()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                ".",
                "..",
                "...",
                "a.b",
                "a.b.c",
                "a.b.c.d.e",
                "=.=.=",
                "é.é.é",
                "%00",
                "null",
                "e30.e30.",
                "e30.e30.e30"
            })
    void whatIsNoTokenIsRefused(String token) {
        assertUnauthorized(api(token));
    }

    @Test
    void aTokenOfImpossibleLengthIsRefusedUnread() {
        String token = people.signIn(people.someone()).accessToken();

        assertUnauthorized(api("x".repeat(10_000)));
        assertUnauthorized(api(".".repeat(1_000)));
        assertUnauthorized(api("a.".repeat(4_000)));
        assertUnauthorized(api(token + "A".repeat(8_192)));
        assertThat(RawHttp.send("GET", "/api/", "Authorization: Bearer " + "x".repeat(100_000))
                        .status())
                .isBetween(400, 499);
    }

    @ParameterizedTest
    @CsvSource({"1799, 200", "1801, 200", "1805, 200", "1811, 401", "86400, 401"})
    void anAccessTokenIsGoodForHalfAnHourAndTenSecondsOfLeeway(int age, int status) {
        clock.stop();
        String seen = people.signIn(people.someone()).accessToken();
        String unseen = people.signIn(people.someone()).accessToken();
        api(seen).then().statusCode(200);

        clock.advance(Duration.ofSeconds(age));

        api(seen).then().statusCode(status);
        api(unseen).then().statusCode(status);
    }

    @Test
    void whoIsServedOnlyLocallyIsRefusedElsewhere() {
        String token = people.signIn(people.someoneLocal()).accessToken();

        for (String local :
                new String[] {"192.168.1.5", "10.0.0.1", "::1", "fe80::1", "fd12::1", "::ffff:192.168.0.1"}) {
            api(from(local), token).then().statusCode(200);
        }
        for (String remote : new String[] {"8.8.8.8", "2001:db8::1", "100.64.0.1", "::ffff:8.8.8.8", "0.0.0.0"}) {
            assertUnauthorized(api(from(remote), token));
        }
    }

    @Test
    void anAddressThatAStrangerWroteInFrontOfTheProxysIsNotBelieved() {
        String token = people.signIn(people.someoneLocal()).accessToken();

        assertUnauthorized(api(from("192.168.1.5, 8.8.8.8"), token));
        assertUnauthorized(api(from("127.0.0.1, 8.8.8.8"), token));
        assertUnauthorized(api(from("192.168.1.5", "8.8.8.8"), token));
        assertUnauthorized(api(from("8.8.8.8, 127.0.0.1"), token));
        assertUnauthorized(api(from("8.8.8.8").header("Forwarded", "for=192.168.1.5"), token));
        assertUnauthorized(api(from("8.8.8.8").header("X-Real-IP", "192.168.1.5"), token));
        assertUnauthorized(api(from("8.8.8.8, 192.168.1.5"), token));
    }

    @Test
    void manyForwardedAddressesOrNonsenseAreNoError() {
        String token = people.signIn(people.someone()).accessToken();

        for (String forwarded : new String[] {
            "", ",", ",,,,", "unknown", "_hidden", "[::1", "1.2.3.4:99999999", "x".repeat(5_000), "1.1.1.1,".repeat(500)
        }) {
            api(from(forwarded), token).then().statusCode(200);
        }
    }

    private static Response api(RequestSpecification request, String token) {
        return request.header("Authorization", "Bearer " + token).get("/api/");
    }

    private static Response api(String token) {
        return Calls.api(token);
    }

    private static void assertUnauthorized(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.headers().getValues("WWW-Authenticate"))
                .containsExactly(
                        "Bearer resource_metadata=\"https://example.com/.well-known/oauth-protected-resource\"");
    }
}
