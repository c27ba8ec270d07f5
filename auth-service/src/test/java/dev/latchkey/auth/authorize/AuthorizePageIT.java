package dev.latchkey.auth.authorize;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AuthServiceTest
class AuthorizePageIT {

    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Inject
    People people;

    @Inject
    UserService users;

    private Person person;

    @BeforeEach
    void somebody() {
        person = people.someone("system-users");
    }

    @Test
    void whoSignsInAndAllowsIsSentBackWithACodeThatWorks() {
        AuthorizeFlow flow = new AuthorizeFlow().open("state", "s1", "response_type", "code");
        assertThat(flow.status()).isEqualTo(200);
        assertThat(flow.page().title()).isEqualTo("Sign in to continue to app.example – Latchkey");

        signIn(flow);
        assertThat(flow.status()).isEqualTo(200);
        assertThat(flow.page().title()).isEqualTo("Allow app.example? – Latchkey");
        assertThat(flow.text()).contains("Signed in as Someone").contains("app.example");

        flow.submit("allow");
        Map<String, String> answer = flow.redirected();
        assertThat(flow.response().header("Location")).startsWith(People.REDIRECT_URI + "?code=");
        assertThat(answer).containsOnlyKeys("code", "state", "iss");
        assertThat(answer).containsEntry("state", "s1").containsEntry("iss", "https://example.com");
        assertThat(People.exchange(answer.get("code"), People.CLIENT_ID).accessToken())
                .isNotEmpty();
        assertThat(flow.cookies()).isEmpty();
    }

    @Test
    void theCodeIsBoundToTheChallenge() {
        AuthorizeFlow flow = new AuthorizeFlow().open("code_challenge", CHALLENGE, "code_challenge_method", "S256");
        String code = signIn(flow).submit("allow").redirected().get("code");

        Response answer = given().formParam("grant_type", "authorization_code")
                .formParam("client_id", People.CLIENT_ID)
                .formParam("redirect_uri", People.REDIRECT_URI)
                .formParam("code_verifier", VERIFIER)
                .formParam("code", code)
                .post("/auth/token");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void withoutAStateNoneComesBack() {
        AuthorizeFlow flow = new AuthorizeFlow().open("state", "");
        assertThat(signIn(flow).submit("allow").redirected()).containsOnlyKeys("code", "iss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJoYXNzVXJsIjoiaHR0cDovL2EifQ==",
                " a+b&c=d#e?f%20%/\\\"'<>{}|^`~*",
                "状态 😀 \u202e",
                "{page:error} {#if}",
            })
    void theStateComesBackUnchanged(String state) {
        AuthorizeFlow flow = new AuthorizeFlow().open("state", state);
        assertThat(signIn(flow).submit("allow").redirected()).containsEntry("state", state);
    }

    @Test
    void theQueryOfTheRedirectUriIsKept() {
        AuthorizeFlow flow = new AuthorizeFlow()
                .get("client_id", People.CLIENT_ID, "redirect_uri", "https://app.example/?auth_callback=1#top");
        signIn(flow).submit("allow");
        assertThat(flow.response().header("Location"))
                .startsWith("https://app.example/?auth_callback=1&code=")
                .endsWith("#top");
    }

    @Test
    void whoRefusesIsSentBackWithoutACode() {
        AuthorizeFlow flow = new AuthorizeFlow().open("state", "s");
        assertThat(signIn(flow).submit("refuse").redirected())
                .isEqualTo(Map.of("error", "access_denied", "state", "s", "iss", "https://example.com"));
        assertThat(flow.cookies()).isEmpty();
    }

    @Test
    void whoCancelsStaysHereAndGetsAnOrdinaryLink() {
        AuthorizeFlow flow = new AuthorizeFlow().open("state", "s").submit("cancel");

        assertThat(flow.status()).isEqualTo(200);
        assertThat(flow.response().header("Location")).isNull();
        assertThat(flow.text()).contains("the app learned nothing");
        Element link = flow.page().selectFirst("main a");
        assertThat(link.text()).isEqualTo("Go to https://app.example");
        assertThat(link.attr("href"))
                .isEqualTo("https://app.example/cb?error=access_denied&state=s&iss=https%3A%2F%2Fexample.com");
        assertThat(flow.cookies()).isEmpty();
    }

    @Test
    void stayingSignedInIsToldToTheApp() {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        flow.submit("sign_in", "username", person.username(), "password", person.password(), "remember", "true");
        assertThat(flow.submit("allow").redirected()).containsEntry("storeToken", "true");
    }

    @Test
    void stayingSignedInIsPreselectedInTheLocalNetworkOnly() {
        assertThat(new AuthorizeFlow().open().page().select("#remember[checked]"))
                .hasSize(1);
        assertThat(new AuthorizeFlow()
                        .header("X-Forwarded-For", "203.0.113.9")
                        .open()
                        .page()
                        .select("#remember[checked]"))
                .isEmpty();
    }

    @Test
    void aWrongPasswordIsAnnouncedAndOnlyTheUsernameIsKept() {
        AuthorizeFlow flow = new AuthorizeFlow().open().signIn(person.username(), "wrong secret");

        assertThat(flow.status()).isEqualTo(400);
        assertThat(flow.page().title()).startsWith("Error: ");
        Element alert = flow.page().selectFirst("[role=alert]");
        assertThat(alert.text()).isEqualTo("The username or the password is wrong.");
        Element password = flow.page().selectFirst("#password");
        assertThat(password.attr("aria-describedby")).isEqualTo(alert.id());
        assertThat(password.hasAttr("autofocus")).isTrue();
        assertThat(password.hasAttr("value")).isFalse();
        assertThat(flow.page().selectFirst("#username").attr("value")).isEqualTo(person.username());
        assertThat(flow.response().asString()).doesNotContain("wrong secret");

        assertThat(signIn(flow).submit("allow").status()).isEqualTo(303);
    }

    @Test
    void whatNobodyCanBeCalledIsAWrongUsername() {
        for (String username : new String[] {"", "\0", "x".repeat(1000), "\ud800"}) {
            assertThat(new AuthorizeFlow().open().signIn(username, "wrong").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void anInactiveUserIsBlocked() {
        users.update(person.id(), new UserChange(null, false, null, null));
        AuthorizeFlow flow = signIn(new AuthorizeFlow().open());

        assertThat(flow.status()).isEqualTo(403);
        assertThat(flow.text()).contains("Login blocked: this user is not active.");
        assertThat(flow.cookies()).isEmpty();
    }

    @Test
    void theSignInOfAUserWhoWasDeactivatedMeanwhileIsOver() {
        AuthorizeFlow flow = signIn(new AuthorizeFlow().open());
        users.update(person.id(), new UserChange(null, false, null, null));

        users.update(person.id(), new UserChange(null, true, null, null));
        assertThat(flow.submit("allow").status()).isEqualTo(400);
        assertThat(flow.text()).contains("This sign-in is over");
    }

    @Test
    void aLocalUserIsBlockedFromAfar() {
        person = people.someoneLocal("system-users");
        AuthorizeFlow far = new AuthorizeFlow().header("X-Forwarded-For", "203.0.113.9");

        assertThat(signIn(far.open()).status()).isEqualTo(403);
        assertThat(far.text()).contains("Login blocked: this user can sign in from the local network only.");
        assertThat(signIn(new AuthorizeFlow().open()).status()).isEqualTo(200);
    }

    @Test
    void theIssuerIsTheAddressTheBrowserUses() {
        AuthorizeFlow flow = new AuthorizeFlow().header("Host", "latchkey.internal:8123");
        signIn(flow.open());
        assertThat(flow.cookies().values()).allSatisfy(cookie -> {
            assertThat(cookie.isSecured()).isFalse();
            assertThat(cookie.getName()).startsWith("latchkey-flow-");
        });
        assertThat(flow.submit("allow").redirected()).containsEntry("iss", "http://latchkey.internal:8123");
    }

    @Test
    void readersOfChineseReadChinese() {
        AuthorizeFlow flow = new AuthorizeFlow().header("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8");

        assertThat(flow.open().page().selectFirst("html").attr("lang")).isEqualTo("zh-Hans");
        assertThat(flow.response().header("Content-Language")).isEqualTo("zh-Hans");
        assertThat(flow.page().title()).isEqualTo("登录以继续使用 app.example – Latchkey");
        assertThat(flow.signIn(person.username(), "wrong").text()).contains("用户名或密码错误。");
        assertThat(signIn(flow).text()).contains("允许此应用？");
        assertThat(flow.get().text()).contains("该应用没有说明自己是哪个应用。");
    }

    @Test
    void theFormsWorkForPasswordManagersAndScreenReaders() {
        AuthorizeFlow flow = new AuthorizeFlow().open();

        assertThat(flow.page().select("html[lang=en] main h1")).hasSize(1);
        assertThat(flow.page().select("script, [style], style, [onclick]")).isEmpty();
        assertThat(flow.page().selectFirst("#username").attr("autocomplete")).isEqualTo("username");
        assertThat(flow.page().selectFirst("#password").attr("autocomplete")).isEqualTo("current-password");
        assertThat(flow.page().select("input:not([type=hidden])"))
                .allSatisfy(input -> assertThat(flow.page().select("label[for=" + input.id() + "]"))
                        .hasSize(1));
        // The key Enter presses the first button.
        assertThat(flow.page().selectFirst("button").attr("value")).isEqualTo("sign_in");
    }

    private AuthorizeFlow signIn(AuthorizeFlow flow) {
        return flow.signIn(person.username(), person.password());
    }
}
