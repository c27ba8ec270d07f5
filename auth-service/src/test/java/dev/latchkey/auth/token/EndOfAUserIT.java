package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.api;
import static dev.latchkey.auth.Calls.introspect;
import static dev.latchkey.auth.Calls.refresh;
import static dev.latchkey.auth.Calls.revoke;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens to a user happens to every token of the user. */
@AuthServiceTest
class EndOfAUserIT {

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    PasswordProvider passwords;

    @Inject
    RefreshTokenService refreshTokens;

    @Test
    void deactivatingSomeoneEndsTheirTokensForGood() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);
        api(tokens.accessToken()).then().statusCode(200);

        users.update(person.id(), new UserChange(null, false, null, null));
        api(tokens.accessToken()).then().statusCode(401);

        users.update(person.id(), new UserChange(null, true, null, null));
        api(tokens.accessToken()).then().statusCode(401);
    }

    @Test
    void deletingSomeoneEndsTheirTokens() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);
        api(tokens.accessToken()).then().statusCode(200);

        users.delete(person.id());

        api(tokens.accessToken()).then().statusCode(401);
        refresh(tokens.refreshToken()).then().statusCode(400).body("error", equalTo("invalid_grant"));
        introspect(tokens.accessToken()).then().body("active", equalTo(false));
    }

    @Test
    void changingAPasswordCanSignOutTheOthers() {
        Person person = people.someone();
        Tokens mine = people.signIn(person);
        Tokens other = people.signIn(person);
        String grantId = introspect(mine.refreshToken()).path("sid");

        passwords.changePassword(person.id(), grantId, person.password(), "another horse", true);

        api(mine.accessToken()).then().statusCode(200);
        refresh(mine.refreshToken()).then().statusCode(200);
        api(other.accessToken()).then().statusCode(401);
        refresh(other.refreshToken()).then().statusCode(400);
    }

    @Test
    void aLongLivedAccessTokenEndsWithItsGrant() {
        Person person = people.someone();
        people.signIn(person);
        String longLived = refreshTokens.issueLongLivedAccessToken(
                users.find(person.id()).orElseThrow().account(),
                refreshTokens.list(person.id()).getFirst().id(),
                "gps logger",
                null,
                Duration.ofDays(3650));
        api(longLived).then().statusCode(200);
        RevocationIT.assertEmptyOk(revoke(longLived));
        api(longLived).then().statusCode(200);

        users.update(person.id(), new UserChange(null, false, null, null));
        users.update(person.id(), new UserChange(null, true, null, null));

        api(longLived).then().statusCode(401);
    }
}
