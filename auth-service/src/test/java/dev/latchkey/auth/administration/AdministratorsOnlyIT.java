package dev.latchkey.auth.administration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.SocketClient;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the commands of administrators ({@code spec/auth.md} 1.10). */
@AuthServiceTest
class AdministratorsOnlyIT {

    private static final String UNAUTHORIZED = "{\"code\":\"unauthorized\",\"message\":\"Unauthorized\"}";

    @Inject
    People people;

    private Person admin;
    private SocketClient client;

    @BeforeEach
    void signIn() {
        admin = people.someone("system-admin");
        client = SocketClient.signedIn(people.signIn(admin));
    }

    @AfterEach
    void leave() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/auth/list",
                "config/auth/create",
                "config/auth/update",
                "config/auth/delete",
                "config/auth_provider/homeassistant/create",
                "config/auth_provider/homeassistant/delete"
            })
    void nobodyElseMayCallThemWhateverTheySend(String type) {
        for (String group : List.of("system-users", "system-read-only", "system-integrations")) {
            try (SocketClient other = SocketClient.signedIn(people.signIn(people.someone(group)))) {
                assertThat(other.error(type).toString()).isEqualTo(UNAUTHORIZED);
                assertThat(other.error(type, "user_id", admin.id(), "name", "x").toString())
                        .isEqualTo(UNAUTHORIZED);
            }
        }
    }

    @Test
    void anAdministratorWhoIsNoLongerOneIsRefusedOnTheOpenSocket() {
        Person second = people.someone("system-admin");
        try (SocketClient other = SocketClient.signedIn(people.signIn(second))) {
            other.result("config/auth/list");

            client.result("config/auth/update", "user_id", second.id(), "group_ids", List.of("system-users"));

            assertThat(other.errorCode("config/auth/list")).isEqualTo("unauthorized");
        }
    }
}
