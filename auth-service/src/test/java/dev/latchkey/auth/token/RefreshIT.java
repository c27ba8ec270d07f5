package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.atOnce;
import static dev.latchkey.auth.Calls.from;
import static dev.latchkey.auth.Calls.refresh;
import static dev.latchkey.auth.Calls.refreshing;
import static dev.latchkey.auth.Calls.token;
import static dev.latchkey.auth.People.CLIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The refresh grant (decision A2; RFC 6749 section 6). */
@AuthServiceTest
class RefreshIT {

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    RefreshTokenService refreshTokens;

    @Test
    void aRefreshTokenStaysTheSameAndEveryAccessTokenWorks() {
        String refreshToken = people.signIn(people.someone()).refreshToken();

        List<Response> answers =
                IntStream.range(0, 3).mapToObj(i -> refresh(refreshToken)).toList();

        for (Response answer : answers) {
            answer.then()
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .header("Pragma", "no-cache")
                    .body("keySet()", equalTo(Set.of("access_token", "token_type", "expires_in")))
                    .body("token_type", equalTo("Bearer"))
                    .body("expires_in", equalTo(1800));
            api(answer.path("access_token")).then().statusCode(200);
        }
    }

    @Test
    void fiftyRefreshesAtOnceAllSucceedWithDifferentTokens() {
        Person person = people.someone();
        String refreshToken = people.signIn(person).refreshToken();

        List<Response> answers = atOnce(50, () -> refresh(refreshToken));

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers.stream()
                        .map(answer -> answer.<String>path("access_token"))
                        .collect(Collectors.toSet()))
                .hasSize(50);
        assertThat(refreshTokens.list(person.id())).hasSize(1);
    }

    @Test
    void aMissingRefreshTokenIsAnInvalidRequest() {
        assertExact(token(Map.of("grant_type", "refresh_token", "client_id", CLIENT_ID)), "invalid_request");
        assertExact(refresh(""), "invalid_request");
    }

    @Test
    void anUnknownRefreshTokenIsAnInvalidGrant() {
        assertExact(refresh("nope"), "invalid_grant");
        assertExact(refresh("é"), "invalid_grant");
        assertExact(refresh("\u0000"), "invalid_grant");
        assertExact(refresh("x".repeat(10_000)), "invalid_grant");
    }

    @Test
    void neitherAnAccessTokenNorACodeIsARefreshToken() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);

        assertExact(refresh(tokens.accessToken()), "invalid_grant");
        assertExact(refresh(people.code(person)), "invalid_grant");
    }

    @Test
    void onlyTheAppThatWasGrantedItMayUseARefreshToken() {
        String refreshToken = people.signIn(people.someone()).refreshToken();

        assertExact(token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken)), "invalid_request");
        assertExact(
                token(Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        refreshToken,
                        "client_id",
                        "http://example-different.com")),
                "invalid_request");
        assertThat(token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", "nope"))
                        .asString())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"Invalid client id\"}");

        refresh(refreshToken).then().statusCode(200);
    }

    @Test
    void aRefreshTokenOfSomeoneServedOnlyLocallyIsNoUseElsewhere() {
        String refreshToken = people.signIn(people.someoneLocal()).refreshToken();

        Response remote = token(from("8.8.8.8"), refreshing(refreshToken));
        assertThat(remote.statusCode()).isEqualTo(403);
        assertThat(remote.asString())
                .isEqualTo("{\"error\":\"access_denied\",\"error_description\":\"User cannot authenticate remotely\"}");
        token(from("10.1.2.3"), refreshing(refreshToken)).then().statusCode(200);
    }

    @Test
    void deactivatingSomeoneEndsTheirRefreshTokensForGood() {
        Person person = people.someone();
        String refreshToken = people.signIn(person).refreshToken();

        users.update(person.id(), new UserChange(null, false, null, null));
        assertExact(refresh(refreshToken), "invalid_grant");

        users.update(person.id(), new UserChange(null, true, null, null));
        assertExact(refresh(refreshToken), "invalid_grant");
    }

    static void assertExact(Response answer, String error) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"" + error + "\"}");
    }
}
