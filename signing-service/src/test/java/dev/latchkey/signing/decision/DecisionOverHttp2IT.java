package dev.latchkey.signing.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.signing.AuthStandIn;
import dev.latchkey.signing.SigningServiceTest;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A gateway that changes to HTTP/2 gets answers of that protocol, which has no header about connections (RFC 9113 section 8.2.2). */
@SigningServiceTest
class DecisionOverHttp2IT {

    AuthStandIn auth;

    @TestHTTPResource("/authz/auth-request")
    URI endpoint;

    private HttpResponse<String> ask(HttpClient gateway, String token) throws Exception {
        HttpRequest question = HttpRequest.newBuilder(endpoint)
                .header("X-Latchkey-Gateway", "the-gateway-secret-of-the-tests-00")
                .header("X-Original-Method", "GET")
                .header("X-Original-URI", "/files/hello.txt")
                .header("Authorization", "Bearer " + token)
                .build();
        return gateway.send(question, BodyHandlers.ofString());
    }

    @Test
    void aQuestionIsAnsweredAndTheConnectionKept() throws Exception {
        String token = auth.token("ada", Secrets.randomId(), "system-users");
        try (HttpClient gateway =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = ask(gateway, token);

                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.statusCode()).isEqualTo(200);
            }
            assertThat(ask(gateway, "nonsense").statusCode()).isEqualTo(401);
        }
    }
}
