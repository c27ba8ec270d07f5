package dev.latchkey.auth.authorize;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.atOnce;
import static dev.latchkey.auth.Calls.from;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.Calls;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /auth/change-password}: whoever knows the present password sets another, and nobody else does. */
@AuthServiceTest
class ChangePasswordIT {

    private static final String PATH = "/auth/change-password";
    private static final String NEW_PASSWORD = "battery staple";

    @Inject
    People people;

    @Inject
    PasswordProvider passwords;

    @Inject
    UserService users;

    private Person person;
    private Cookie cookie;
    private String token;

    @BeforeEach
    void openTheForm() {
        person = people.someone("system-users");
        Response page = given().get(PATH);
        cookie = page.detailedCookie("__Secure-latchkey-form");
        token = Jsoup.parse(page.asString()).select("input[name=token]").attr("value");
    }

    @Test
    void whereAPasswordIsChangedCanBeFound() {
        String there = given().redirects()
                .follow(false)
                .get("/.well-known/change-password")
                .header("Location");

        Document form = Jsoup.parse(given().get(there).asString());
        assertThat(form.select("input[autocomplete=username]")).hasSize(1);
        assertThat(form.select("input[autocomplete=current-password]")).hasSize(1);
        assertThat(form.select("input[autocomplete=new-password]")).hasSize(2);
        assertThat(form.select("input[name=sign_out][checked]")).hasSize(1);
        assertThat(Jsoup.parse(given().get("/").asString()).select("a[href=" + PATH + "]"))
                .hasSize(1);
    }

    @Test
    void theNewPasswordWorksAndTheOldOneDoesNot() {
        Response answer = send(filled());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).contains("Your password was changed").contains("signed out of every app");
        assertChanged();
    }

    @Test
    void everySessionEndsUnlessThePersonUnticksIt() {
        Tokens tokens = people.signIn(person);
        Map<String, String> staying = filled();
        staying.remove("sign_out");
        assertThat(text(send(staying))).contains("Your password was changed").doesNotContain("signed out");
        api(tokens.accessToken()).then().statusCode(200);

        Map<String, String> ending = filled();
        ending.put("current_password", NEW_PASSWORD);
        ending.put("new_password", People.PASSWORD);
        ending.put("new_password_again", People.PASSWORD);
        send(ending).then().statusCode(200);

        api(tokens.accessToken()).then().statusCode(401);
        Calls.refresh(tokens.refreshToken()).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({"username, nobody", "username, ''", "current_password, wrong", "current_password, ''"})
    void whichOfUsernameAndPasswordIsWrongIsNotSaid(String field, String value) {
        Map<String, String> form = filled();
        form.put(field, value);

        Response answer = send(form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(alert(answer)).isEqualTo("The username or the current password is wrong.");
        assertThat(Jsoup.parse(answer.asString()).select("[aria-invalid=true]").eachAttr("name"))
                .containsExactly("username", "current_password");
        assertUnchanged();
    }

    @Test
    void aPasswordIsNeverRepeated() {
        Map<String, String> form = filled();
        form.put("current_password", "canary one");
        form.put("new_password", "canary two");
        form.put("new_password_again", "canary three");

        assertThat(send(form).asString()).doesNotContain("canary").contains(person.username());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "129"})
    void aNewPasswordThatIsTooShortOrTooLongIsRefused(String kind) {
        String next = kind.equals("129") ? "x".repeat(129) : kind;
        Map<String, String> form = filled();
        form.put("new_password", next);
        form.put("new_password_again", next);

        Response answer = send(form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(alert(answer)).isEqualTo("A new password has 8 to 128 characters.");
        assertUnchanged();
    }

    @Test
    void aSlipOfTheFingerIsNoticed() {
        Map<String, String> form = filled();
        form.put("new_password_again", NEW_PASSWORD + " ");

        Response answer = send(form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(alert(answer)).isEqualTo("The two new passwords differ.");
        assertUnchanged();
    }

    @Test
    void ofSeveralChangesAtOnceOneSucceeds() {
        List<Response> answers = atOnce(3, () -> send(filled()));

        assertThat(answers.stream().map(Response::statusCode)).containsExactlyInAnyOrder(200, 400, 400);
        assertChanged();
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() {
        for (Response answer : List.of(
                request()
                        .header("Sec-Fetch-Site", "cross-site")
                        .formParams(filled())
                        .post(PATH),
                request()
                        .header("Origin", "https://evil.example")
                        .formParams(filled())
                        .post(PATH))) {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(text(answer)).contains("Nothing was changed");
        }
        assertUnchanged();
    }

    @Test
    void aFormThatThisBrowserDidNotOpenChangesNothing() {
        Map<String, String> other = filled();
        other.put("token", "x".repeat(43));
        Map<String, String> none = filled();
        none.remove("token");
        for (Response answer : List.of(
                given().formParams(filled()).post(PATH),
                given().cookie(cookie.getName(), "").formParams(none).post(PATH),
                given().cookie(cookie.getName(), "short")
                        .formParams(filled())
                        .formParam("token", "short")
                        .post(PATH),
                send(other),
                send(none),
                request().formParams(filled()).formParam("username", "twice").post(PATH),
                request()
                        .contentType("application/x-www-form-urlencoded")
                        .body("token=%")
                        .post(PATH))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(text(answer)).contains("Nothing was changed");
            assertThat(Jsoup.parse(answer.asString()).select("a.button").attr("href"))
                    .isEqualTo(PATH);
        }
        assertUnchanged();
    }

    @Test
    void theCookieIsForThisPageOnlyAndSharedByItsTabs() {
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.isSecured()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Strict");
        assertThat(cookie.getPath()).isEqualTo(PATH);
        assertThat(cookie.getValue()).isEqualTo(token);

        assertThat(request().get(PATH).cookie(cookie.getName())).isEqualTo(token);
        assertThat(given().get(PATH).cookie(cookie.getName())).isNotEqualTo(token);
        assertThat(given().cookie(cookie.getName(), "planted").get(PATH).cookie(cookie.getName()))
                .hasSize(43);
        assertThat(send(filled()).detailedCookie(cookie.getName()).getMaxAge()).isZero();
    }

    @Test
    void whoMayNotSignInMayNotChangeAPasswordEither() {
        Person local = people.someoneLocal("system-users");
        Map<String, String> form = filled();
        form.put("username", local.username());
        Response remote = from("203.0.113.9").cookie(cookie).formParams(form).post(PATH);
        assertThat(remote.statusCode()).isEqualTo(403);
        assertThat(text(remote)).contains("Login blocked");

        users.update(person.id(), new UserChange(null, false, null, null));
        assertThat(send(filled()).statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsTypedIsTextAndNothingElse() {
        Map<String, String> form = filled();
        form.put("username", "\"><script>alert(1)</script>");

        Document page = Jsoup.parse(send(form).asString());

        assertThat(page.select("script")).isEmpty();
        assertThat(page.select("#username").attr("value")).isEqualTo("\"><script>alert(1)</script>");
    }

    @Test
    void thePageSpeaksChinese() {
        Response page = given().header("Accept-Language", "zh-CN").get(PATH);
        assertThat(page.header("Content-Language")).isEqualTo("zh-Hans");
        assertThat(text(page)).contains("更改您的密码").contains("至少 8 个字符");
    }

    private Map<String, String> filled() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", token);
        form.put("username", person.username());
        form.put("current_password", People.PASSWORD);
        form.put("new_password", NEW_PASSWORD);
        form.put("new_password_again", NEW_PASSWORD);
        form.put("sign_out", "true");
        return form;
    }

    private RequestSpecification request() {
        return given().cookie(cookie.getName(), cookie.getValue());
    }

    private Response send(Map<String, String> form) {
        return request().formParams(form).post(PATH);
    }

    private void assertChanged() {
        assertThat(passwords.verify(person.username(), NEW_PASSWORD)).isPresent();
        assertThat(passwords.verify(person.username(), People.PASSWORD)).isEmpty();
    }

    private void assertUnchanged() {
        assertThat(passwords.verify(person.username(), People.PASSWORD)).isPresent();
    }

    private static String alert(Response answer) {
        return Jsoup.parse(answer.asString()).select("[role=alert]").text();
    }

    private static String text(Response answer) {
        return Jsoup.parse(answer.asString()).text();
    }
}
