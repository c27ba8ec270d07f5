package dev.latchkey.signing.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.signing.AuthStandIn;
import dev.latchkey.signing.SigningServiceTest;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RawHttp.Answer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What becomes of the connection on which a gateway asked. */
@SigningServiceTest
class DecisionConnectionIT {

    private static final String SECRET = "X-Latchkey-Gateway: the-gateway-secret-of-the-tests-00";

    AuthStandIn auth;

    private String bearer() {
        return "Authorization: Bearer " + auth.token("ada", Secrets.randomId(), "system-users");
    }

    @Test
    void aQuestionWithABodyIsAnsweredWithoutReadingIt() {
        Answer answer = RawHttp.postCutOff("/authz/ext-authz/a", "x".repeat(1_000), false, SECRET, bearer());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
    }

    @Test
    void aConnectionIsKeptForTheNextQuestion() throws IOException {
        String allowed = "GET /authz/ext-authz/a HTTP/1.1\r\nHost: localhost\r\n" + SECRET + "\r\n" + bearer() + "\r\n";
        String denied = "POST /authz/ext-authz/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n";
        try (Socket gateway = new Socket("127.0.0.1", RestAssured.port)) {
            gateway.setSoTimeout(20_000);
            String questions = allowed + "\r\n" + denied + "\r\n" + allowed + "Connection: close\r\n\r\n";
            gateway.getOutputStream().write(questions.getBytes(StandardCharsets.ISO_8859_1));

            String answers = new String(gateway.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answers.lines().filter(line -> line.startsWith("HTTP/1.1 ")))
                    .containsExactly("HTTP/1.1 200 OK", "HTTP/1.1 403 Forbidden", "HTTP/1.1 200 OK");
        }
    }
}
