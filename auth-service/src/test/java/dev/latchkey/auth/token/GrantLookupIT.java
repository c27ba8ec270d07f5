package dev.latchkey.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.Calls;
import dev.latchkey.auth.People;
import dev.latchkey.platform.secret.Secrets;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Look-ups that come together are read together, and each is answered as if it were alone. */
@AuthServiceTest
class GrantLookupIT {

    private static final int CROWD = 100;

    @Inject
    GrantLookup lookup;

    @Inject
    RefreshTokenService refreshTokens;

    @Inject
    AgroalDataSource database;

    @Inject
    People people;

    @Test
    void ofManyAtOnceEachFindsItsOwn() {
        List<RefreshTokenService.Issued> issued = issue(CROWD);
        AtomicInteger next = new AtomicInteger();

        List<Boolean> right = Calls.atOnce(2 * CROWD, () -> {
            int i = next.getAndIncrement();
            if (i >= CROWD) {
                return lookup.find(Secrets.sha256(Secrets.random())).isEmpty();
            }
            return lookup.find(Secrets.sha256(issued.get(i).secret()))
                    .map(Grant::id)
                    .equals(Optional.of(issued.get(i).grant().id()));
        });

        assertThat(right).hasSize(2 * CROWD).containsOnly(true);
    }

    @Test
    void theSameTokenIsFoundByEveryoneWhoAsks() {
        RefreshTokenService.Issued issued = issue(1).getFirst();

        List<Optional<Grant>> found = Calls.atOnce(20, () -> lookup.find(Secrets.sha256(issued.secret())));

        assertThat(found)
                .hasSize(20)
                .allSatisfy(grant -> assertThat(grant).hasValueSatisfying(it -> {
                    assertThat(it.id()).isEqualTo(issued.grant().id());
                    assertThat(it.type()).isEqualTo(TokenType.NORMAL);
                    assertThat(it.clientId()).isEqualTo(People.CLIENT_ID);
                    assertThat(it.accessTokenLifetime())
                            .isEqualTo(issued.grant().accessTokenLifetime());
                    assertThat(it.expireAt()).isCloseTo(issued.grant().expireAt(), within(1, ChronoUnit.MILLIS));
                }));
    }

    @Test
    void aCrowdNeedsTwoConnections() {
        CountDownLatch crowded = new CountDownLatch(1);
        AtomicInteger connections = new AtomicInteger();
        GrantLookup slow = new GrantLookup(intercepted(() -> {
            connections.incrementAndGet();
            crowded.await();
        }));
        List<RefreshTokenService.Issued> issued = issue(CROWD);
        AtomicInteger next = new AtomicInteger();

        List<Optional<Grant>> found = Calls.atOnce(CROWD, () -> {
            int i = next.getAndIncrement();
            if (i == CROWD - 1) {
                crowded.countDown();
            }
            return slow.find(Secrets.sha256(issued.get(i).secret()));
        });

        assertThat(found).allMatch(Optional::isPresent);
        assertThat(connections.get()).isLessThan(CROWD / 2);
    }

    @Test
    void afterAnOutageEverybodyIsToldAndTheNextOneFinds() {
        AtomicInteger failures = new AtomicInteger(4);
        GrantLookup flaky = new GrantLookup(intercepted(() -> {
            if (failures.getAndDecrement() > 0) {
                throw new SQLException("away", "08006");
            }
        }));
        byte[] hash = Secrets.sha256(issue(1).getFirst().secret());

        IntStream.range(0, 4)
                .forEach(i -> assertThatThrownBy(() -> flaky.find(hash))
                        .isInstanceOf(CompletionException.class)
                        .hasRootCauseInstanceOf(SQLException.class));

        assertThat(flaky.find(hash)).isPresent();
    }

    private List<RefreshTokenService.Issued> issue(int count) {
        String userId = people.someone("system-users").id();
        return QuarkusTransaction.requiringNew()
                .call(() -> IntStream.range(0, count)
                        .mapToObj(i -> refreshTokens.grant(userId, null, People.CLIENT_ID, "127.0.0.1"))
                        .toList());
    }

    private interface Before {
        void connecting() throws Exception;
    }

    private AgroalDataSource intercepted(Before before) {
        return (AgroalDataSource) Proxy.newProxyInstance(
                AgroalDataSource.class.getClassLoader(),
                new Class<?>[] {AgroalDataSource.class},
                (proxy, method, arguments) -> {
                    before.connecting();
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
