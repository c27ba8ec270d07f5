package dev.latchkey.auth.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.SocketClient;
import dev.latchkey.auth.Tokens;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Users who are served only from local networks ({@code spec/auth.md} 3.5). */
@AuthServiceTest
class LocalUsersIT {

    private static final String REMOTE = "203.0.113.9";

    @Inject
    People people;

    @Inject
    UserService users;

    @Test
    void aLocalUserIsRefusedFromAfarAndWelcomeNearby() {
        Tokens tokens = people.signIn(people.someoneLocal());
        try (SocketClient afar = SocketClient.openFrom(REMOTE)) {
            afar.next();
            afar.sendAuth(tokens.accessToken());

            assertThat(afar.next().get("message").textValue()).isEqualTo("User cannot authenticate remotely");
            assertThat(afar.closeCode()).isEqualTo(1000);
        }
        SocketClient.signedIn(tokens).close();
    }

    @Test
    void aUserMadeLocalIsCutOffFromAfar() {
        People.Person person = people.someone();
        Tokens tokens = people.signIn(person);
        try (SocketClient afar = SocketClient.signedInFrom(REMOTE, tokens.accessToken());
                SocketClient near = SocketClient.signedIn(tokens)) {
            users.update(person.id(), new UserChange(null, null, null, true));

            afar.send("{\"id\":1,\"type\":\"auth/current_user\"}");
            assertThat(afar.closeCode()).isEqualTo(1000);
            assertThat(afar.hasMore()).isFalse();
            near.result("auth/current_user");
        }
    }
}
