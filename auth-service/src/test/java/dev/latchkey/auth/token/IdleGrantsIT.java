package dev.latchkey.auth.token;

import static dev.latchkey.auth.Calls.atOnce;
import static dev.latchkey.auth.Calls.from;
import static dev.latchkey.auth.Calls.refresh;
import static dev.latchkey.auth.Calls.refreshing;
import static dev.latchkey.auth.Calls.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.UserService;
import dev.latchkey.testing.AdjustableClock;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A grant that nobody uses ends; what counts as a use, and how it is written down. */
@AuthServiceTest
class IdleGrantsIT {

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    RefreshTokenService refreshTokens;

    @Inject
    AgroalDataSource database;

    @Inject
    IdleGrants idleGrants;

    @Inject
    LastUse lastUse;

    @Inject
    AdjustableClock clock;

    @AfterEach
    void presentTime() {
        clock.reset();
    }

    @Test
    void aRefreshTokenNobodyUsesForNinetyDaysEnds() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);
        idleGrants.end();

        clock.advance(Duration.ofDays(90).minusMinutes(1));
        idleGrants.end();
        assertThat(refreshTokens.list(person.id())).hasSize(1);

        clock.advance(Duration.ofMinutes(2));
        RefreshIT.assertExact(refresh(tokens.refreshToken()), "invalid_grant");
        idleGrants.end();
        assertThat(refreshTokens.list(person.id())).isEmpty();
    }

    @Test
    void theGrantOfALongLivedTokenEndsWithTheTokenAndShowsNoEndBefore() {
        Person person = people.someone();
        people.signIn(person);
        String sessionId = refreshTokens.list(person.id()).getFirst().id();
        refreshTokens.issueLongLivedAccessToken(
                users.find(person.id()).orElseThrow().account(), sessionId, "App", null, Duration.ofDays(2));

        clock.advance(Duration.ofDays(2).minusMinutes(1));
        idleGrants.end();
        Grant longLived = refreshTokens.list(person.id()).getLast();
        assertThat(longLived.clientName()).isEqualTo("App");
        assertThat(longLived.expireAt()).isNull();

        clock.advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> refreshTokens.issueLongLivedAccessToken(
                        users.find(person.id()).orElseThrow().account(),
                        longLived.id(),
                        "Successor",
                        null,
                        Duration.ofDays(2)))
                .isInstanceOf(GrantEndedException.class);
        idleGrants.end();
        assertThat(refreshTokens.list(person.id())).extracting(Grant::type).containsExactly(TokenType.NORMAL);
    }

    @Test
    void usingARefreshTokenMovesTheDayItEnds() {
        Person person = people.someone();
        String refreshToken = people.signIn(person).refreshToken();
        clock.advance(Duration.ofDays(80));

        token(from("192.168.1.9"), refreshing(refreshToken)).then().statusCode(200);

        Grant grant = refreshTokens.list(person.id()).getFirst();
        assertThat(grant.lastUsedIp()).isEqualTo("192.168.1.9");
        assertThat(grant.lastUsedAt()).isCloseTo(clock.instant(), within());
        assertThat(grant.expireAt()).isEqualTo(grant.lastUsedAt().plus(Duration.ofDays(90)));

        clock.advance(Duration.ofDays(89));
        refresh(refreshToken).then().statusCode(200);
    }

    @Test
    void usingAnAccessTokenIsNotedButMovesNothing() {
        Person person = people.someone();
        Tokens tokens = people.signIn(person);
        Grant before = refreshTokens.list(person.id()).getFirst();
        clock.advance(Duration.ofMinutes(20));

        from("10.9.8.7")
                .header("Authorization", "Bearer " + tokens.accessToken())
                .get("/api/")
                .then()
                .statusCode(200);

        Grant after = refreshTokens.list(person.id()).getFirst();
        assertThat(after.lastUsedIp()).isEqualTo("10.9.8.7");
        assertThat(after.lastUsedAt()).isCloseTo(clock.instant(), within());
        assertThat(after.expireAt()).isEqualTo(before.expireAt());
    }

    @Test
    void aRefreshTokenWhoseExpiryIsOffNeverEndsByItself() {
        Person person = people.someone();
        String refreshToken = people.signIn(person).refreshToken();
        String id = refreshTokens.list(person.id()).getFirst().id();
        refreshTokens.setExpiry(person.id(), id, false);

        clock.advance(Duration.ofDays(400));
        idleGrants.end();

        refresh(refreshToken).then().statusCode(200);
        assertThat(refreshTokens.list(person.id()).getFirst().expireAt()).isNull();
    }

    @Test
    void usesWrittenByManyAtOnceAreNeitherLostNorAnError() {
        Person person = people.someone();
        String refreshToken = people.signIn(person).refreshToken();
        clock.advance(Duration.ofHours(1));
        refresh(refreshToken).then().statusCode(200);

        atOnce(20, () -> {
            refresh(refreshToken).then().statusCode(200);
            lastUse.write();
            return null;
        });

        assertThat(refreshTokens.list(person.id()).getFirst().lastUsedAt()).isCloseTo(clock.instant(), within());
    }

    @Test
    void theUseOfAGrantThatSomebodyElseIsChangingIsWrittenLaterAndWaitsForNobody() throws Exception {
        Person person = people.someone();
        String refreshToken = people.signIn(person).refreshToken();
        String id = refreshTokens.list(person.id()).getFirst().id();
        clock.advance(Duration.ofHours(1));
        try (Connection other = database.getConnection();
                PreparedStatement lock =
                        other.prepareStatement("select 1 from refresh_token where id = ? for update")) {
            other.setAutoCommit(false);
            lock.setString(1, id);
            lock.executeQuery().close();
            refresh(refreshToken).then().statusCode(200);

            CompletableFuture.runAsync(lastUse::write).get(5, TimeUnit.SECONDS);
            other.rollback();
        }

        assertThat(refreshTokens.list(person.id()).getFirst().lastUsedAt()).isCloseTo(clock.instant(), within());
    }

    private static org.assertj.core.data.TemporalUnitOffset within() {
        return org.assertj.core.api.Assertions.within(1, ChronoUnit.MINUTES);
    }
}
