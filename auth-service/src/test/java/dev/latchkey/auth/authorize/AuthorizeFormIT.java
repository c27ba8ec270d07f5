package dev.latchkey.auth.authorize;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.testing.AdjustableClock;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which forms the pages accept, and what they say to the others. */
@AuthServiceTest
class AuthorizeFormIT {

    @Inject
    People people;

    @Inject
    Clock clock;

    private Person person;

    @BeforeEach
    void somebody() {
        person = people.someone("system-users");
    }

    @AfterEach
    void now() {
        ((AdjustableClock) clock).reset();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, https://example.com.evil.example",
    })
    void aFormOfSomebodyElsesPageDoesNothing(String header, String value) {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        signIn(flow.header(header, value));

        assertThat(flow.status()).isEqualTo(403);
        assertThat(flow.page().select("form, main a")).isEmpty();
    }

    @Test
    void whatBrowsersSendFromOurOwnFormIsAccepted() {
        AuthorizeFlow flow = new AuthorizeFlow()
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", "null")
                .open();
        assertThat(signIn(flow).submit("allow").status()).isEqualTo(303);
    }

    @Test
    void anExpiredFlowIsOver() {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        ((AdjustableClock) clock).advance(Duration.ofMinutes(10));

        AuthorizeBindingIT.over(signIn(flow));
    }

    @Test
    void theWayBackToTheAppIsShownOnlyIfTheBrowserVouchesForTheForm() {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        ((AdjustableClock) clock).advance(Duration.ofMinutes(10));

        assertThat(signIn(flow).page().select("main a")).isEmpty();

        AuthorizeFlow vouched = new AuthorizeFlow().open();
        ((AdjustableClock) clock).advance(Duration.ofMinutes(10));
        signIn(vouched.header("Sec-Fetch-Site", "same-origin"));
        assertThat(vouched.page().select("main a").attr("href")).isEqualTo(People.CLIENT_ID);
        assertThat(vouched.page().select("main a").text()).isEqualTo("Go to app.example");
    }

    @Test
    void aButtonOrFieldThatIsNoneOfOursDoesNothing() {
        AuthorizeBindingIT.over(new AuthorizeFlow().open().submit("burn"));
        AuthorizeFlow flow = new AuthorizeFlow().open();
        assertThat(given().contentType("application/x-www-form-urlencoded")
                        .body("flow=%zz&action=%")
                        .post(AuthorizeFlow.PATH)
                        .statusCode())
                .isEqualTo(400);
        AuthorizeBindingIT.over(
                flow.submit("sign_in", "username", "a", "username", person.username(), "password", "x"));
    }

    private AuthorizeFlow signIn(AuthorizeFlow flow) {
        return flow.signIn(person.username(), person.password());
    }
}
