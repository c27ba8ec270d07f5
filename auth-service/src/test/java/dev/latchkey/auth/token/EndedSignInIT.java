package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.redeem;
import static dev.latchkey.auth.People.CLIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.user.Accounts;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.VerifiedCredential;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A code that nobody redeemed yet ends with the sign-in that it came from, whatever races. */
@AuthServiceTest
class EndedSignInIT {

    @Inject
    People people;

    @Inject
    RefreshTokenService refreshTokens;

    @Inject
    AuthorizationCodeService codes;

    @Inject
    GrantRevocation revocation;

    @Inject
    PasswordProvider passwords;

    @Inject
    Accounts accounts;

    @Inject
    AgroalDataSource database;

    @Test
    void aCodeNotYetRedeemedEndsWhenItsOwnerSignsOutEverywhere() {
        for (String type : Arrays.asList(null, "normal")) {
            Person person = people.someone();
            String code = people.code(person);

            revocation.revokeAll(person.id(), type, null);

            AuthorizationCodeIT.assertInvalidCode(redeem(code));
        }
        Person person = people.someone();
        String code = people.code(person);
        revocation.revokeAll(person.id(), "long_lived_access_token", null);
        redeem(code).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCodeNotYetRedeemedEndsWhenThePasswordIsChanged(boolean signOutOthers) {
        Person person = people.someone();
        String code = people.code(person);

        passwords.changePassword(person.id(), "none", person.password(), "another horse", signOutOthers);

        AuthorizationCodeIT.assertInvalidCode(redeem(code));
        redeem(people.code(new Person(person.id(), person.username(), "another horse")))
                .then()
                .statusCode(200);
    }

    @Test
    void aRedemptionThatComesWhileItsOwnerSignsOutEverywhereGrantsNothing() {
        Person person = people.someone();
        String code = people.code(person);

        CompletableFuture<Response> redemption = QuarkusTransaction.requiringNew()
                .call(() -> {
                    revocation.revokeAll(person.id(), null, null);
                    return redeemingThatWaits(code);
                });

        AuthorizationCodeIT.assertInvalidCode(redemption.join());
        assertThat(refreshTokens.list(person.id())).isEmpty();
    }

    @Test
    void aCodeThatGoesWithItsCredentialWhileItIsRedeemedIsRefused() {
        Person person = people.someone();
        String code = people.code(person);

        CompletableFuture<Response> redemption = QuarkusTransaction.requiringNew()
                .call(() -> {
                    accounts.lock(person.id());
                    CompletableFuture<Response> waiting = redeemingThatWaits(code);
                    try (Connection connection = database.getConnection();
                            PreparedStatement delete =
                                    connection.prepareStatement("delete from authorization_code where user_id = ?")) {
                        delete.setString(1, person.id());
                        assertThat(delete.executeUpdate()).isEqualTo(1);
                    }
                    return waiting;
                });

        AuthorizationCodeIT.assertInvalidCode(redemption.join());
    }

    @Test
    void aSignInThatBeganBeforeThePasswordWasChangedEndsWithoutACode() {
        Person person = people.someone();
        CodeRequest request = new CodeRequest(CodeRequest.CodeKind.AUTHORIZE, CLIENT_ID, People.REDIRECT_URI, null);
        VerifiedCredential before =
                passwords.verify(person.username(), person.password()).orElseThrow();

        passwords.changePassword(person.id(), "none", person.password(), "another horse", false);

        assertThat(codes.issue(request, before)).isEmpty();
        VerifiedCredential after =
                passwords.verify(person.username(), "another horse").orElseThrow();
        assertThat(codes.issue(request, after)).isPresent();
        assertThat(after.toString()).doesNotContain("argon2");
    }

    private static CompletableFuture<Response> redeemingThatWaits(String code) {
        CompletableFuture<Response> redemption = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> redemption.complete(redeem(code)));
        assertThatThrownBy(() -> redemption.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        return redemption;
    }
}
