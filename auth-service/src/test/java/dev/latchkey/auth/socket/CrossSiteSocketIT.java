package dev.latchkey.auth.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Why the handshake need not look at {@code Origin}: docs/adr/0005. */
@AuthServiceTest
class CrossSiteSocketIT {

    @Inject
    People people;

    @Test
    void aPageOfAnyOriginMayOpenASocketThatCookiesDoNotAuthenticate() throws IOException {
        String token = people.signIn(people.someone()).accessToken();
        String handshake = new String(RawSocket.handshake(), ISO_8859_1)
                .replace(
                        "Host: localhost\r\n",
                        "Host: localhost\r\nOrigin: https://elsewhere.example\r\nCookie: access_token=" + token
                                + "\r\n");

        try (RawSocket page = RawSocket.connect()) {
            page.write(handshake.getBytes(ISO_8859_1));
            page.readUntil("auth_required");
            page.write(RawSocket.text("{\"id\": 1, \"type\": \"auth/current_user\"}"));

            page.readUntil("auth_invalid");
        }
    }
}
