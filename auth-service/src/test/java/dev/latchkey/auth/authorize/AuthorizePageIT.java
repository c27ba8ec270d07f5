package dev.latchkey.auth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@AuthServiceTest
class AuthorizePageIT {

    @Inject
    People people;

    @Test
    void whoSignsInAndAllowsIsSentBackWithACodeThatWorks() {
        Person person = people.someone("system-users");
        AuthorizeFlow flow = new AuthorizeFlow().open("state", "s1", "response_type", "code");
        assertThat(flow.status()).isEqualTo(200);
        assertThat(flow.page().title()).isEqualTo("Sign in to continue to app.example – Latchkey");

        flow.signIn(person.username(), person.password());
        assertThat(flow.status()).isEqualTo(200);
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
}
