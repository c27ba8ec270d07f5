package dev.latchkey.auth.authorize;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.token.GrantRevocation;
import dev.latchkey.auth.user.PasswordProvider;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flow belongs to the browser that started it, and to nobody's page but ours. */
@AuthServiceTest
class AuthorizeBindingIT {

    @Inject
    People people;

    @Inject
    GrantRevocation revocation;

    @Inject
    PasswordProvider passwords;

    private Person person;

    @BeforeEach
    void somebody() {
        person = people.someone("system-users");
    }

    @Test
    void theCookieIsForThisPageAloneAndForNoScript() {
        Cookie cookie = onlyCookie(new AuthorizeFlow().open());

        assertThat(cookie.getName()).startsWith("__Secure-latchkey-flow-");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.isSecured()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Strict");
        assertThat(cookie.getPath()).isEqualTo("/auth/authorize");
        assertThat(cookie.getDomain()).isNull();
        assertThat(cookie.getMaxAge()).isEqualTo(600);
    }

    @Test
    void withoutTheCookieNothingGoesOn() {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        String flowId = flow.flowId();
        Map<String, Cookie> kept = Map.copyOf(flow.cookies());
        flow.cookies().clear();

        over(signIn(flow));

        assertThat(post(flowId, kept, person).statusCode())
                .as("the flow is still there for whoever it belongs to")
                .isEqualTo(200);
    }

    @Test
    void signingOutEverywhereEndsAConsentThatIsStillAskedFor() {
        AuthorizeFlow flow = signIn(new AuthorizeFlow().open());

        revocation.revokeAll(person.id(), null, null);

        over(flow.submit("allow"));
    }

    @Test
    void changingThePasswordEndsAConsentThatIsStillAskedFor() {
        AuthorizeFlow flow = signIn(new AuthorizeFlow().open());

        passwords.changePassword(person.id(), "none", person.password(), "another horse", false);

        over(flow.submit("allow"));
    }

    @Test
    void theCookieOfAnotherFlowOpensNothing() {
        AuthorizeFlow victim = new AuthorizeFlow().open();
        AuthorizeFlow other = new AuthorizeFlow().open();
        String name = onlyCookie(victim).getName();
        victim.cookies().put(name, new Cookie.Builder(name, onlyCookie(other).getValue()).build());

        over(signIn(victim));
    }

    @Test
    void aPlantedCookieOpensNothing() {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        String name = onlyCookie(flow).getName();
        for (String value : new String[] {"", "x", "A".repeat(43)}) {
            flow.cookies().put(name, new Cookie.Builder(name, value).build());
            Response answer = given().redirects()
                    .follow(false)
                    .cookie(name, value)
                    .formParam("flow", flow.flowId())
                    .formParam("action", "sign_in")
                    .formParam("username", person.username())
                    .formParam("password", person.password())
                    .post(AuthorizeFlow.PATH);
            assertThat(answer.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void anAttackersFlowDoesNotOpenInTheVictimsBrowser() {
        AuthorizeFlow attacker = new AuthorizeFlow().open();
        AuthorizeFlow victim = new AuthorizeFlow().open();

        Response answer = post(attacker.flowId(), victim.cookies(), person);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.detailedCookies().asList()).isEmpty();
    }

    @Test
    void whatWasKnownBeforeTheSignInIsWorthNothingAfterIt() {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        String idBefore = flow.flowId();
        Cookie before = onlyCookie(flow);
        signIn(flow);

        assertThat(flow.flowId()).isNotEqualTo(idBefore);
        assertThat(onlyCookie(flow).getValue()).isNotEqualTo(before.getValue());
        for (String action : new String[] {"allow", "sign_in"}) {
            Response answer = given().cookie(before.getName(), before.getValue())
                    .formParam("flow", idBefore)
                    .formParam("action", action)
                    .formParam("username", person.username())
                    .formParam("password", person.password())
                    .redirects()
                    .follow(false)
                    .post(AuthorizeFlow.PATH);
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        assertThat(flow.submit("allow").status()).isEqualTo(303);
    }

    @Test
    void consentCannotBeGivenBeforeTheSignIn() {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        over(flow.submit("allow"));
    }

    @Test
    void aFlowOfTheJsonApiIsNoneOfThePages() {
        String flowId = People.startFlow(Map.of(
                        "client_id",
                        People.CLIENT_ID,
                        "handler",
                        Arrays.asList("homeassistant", null),
                        "redirect_uri",
                        People.REDIRECT_URI))
                .path("flow_id");

        assertThat(post(flowId, Map.of(), person).statusCode()).isEqualTo(400);
        assertThat(People.submit(flowId, People.CLIENT_ID, person.username(), person.password())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFlowOfThePagesIsNoneOfTheJsonApi() {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        assertThat(People.submit(flow.flowId(), People.CLIENT_ID, person.username(), person.password())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void ofManyAllowsAtOnceOneGetsACode() {
        AuthorizeFlow flow = signIn(new AuthorizeFlow().open());
        Cookie cookie = onlyCookie(flow);
        String flowId = flow.flowId();

        long granted = IntStream.range(0, 8)
                .parallel()
                .filter(i -> given().redirects()
                                .follow(false)
                                .cookie(cookie.getName(), cookie.getValue())
                                .formParam("flow", flowId)
                                .formParam("action", "allow")
                                .post(AuthorizeFlow.PATH)
                                .statusCode()
                        == 303)
                .count();

        assertThat(granted).isEqualTo(1);
    }

    @Test
    void tabsDoNotDisturbEachOther() {
        AuthorizeFlow one = new AuthorizeFlow().open();
        AuthorizeFlow two = new AuthorizeFlow().open();
        one.cookies().putAll(two.cookies());
        two.cookies().putAll(one.cookies());

        assertThat(signIn(one).submit("allow").status()).isEqualTo(303);
        assertThat(signIn(two).submit("allow").status()).isEqualTo(303);
    }

    private AuthorizeFlow signIn(AuthorizeFlow flow) {
        return flow.signIn(person.username(), person.password());
    }

    static void over(AuthorizeFlow flow) {
        assertThat(flow.status()).isEqualTo(400);
        assertThat(flow.text()).contains("This sign-in is over");
        assertThat(flow.response().detailedCookies().asList()).isEmpty();
    }

    private static Cookie onlyCookie(AuthorizeFlow flow) {
        assertThat(flow.cookies()).hasSize(1);
        return flow.cookies().values().iterator().next();
    }

    private static Response post(String flowId, Map<String, Cookie> cookies, Person person) {
        var request = given().redirects().follow(false);
        cookies.values().forEach(cookie -> request.cookie(cookie.getName(), cookie.getValue()));
        return request.formParam("flow", flowId)
                .formParam("action", "sign_in")
                .formParam("username", person.username())
                .formParam("password", person.password())
                .post(AuthorizeFlow.PATH);
    }
}
