package dev.latchkey.signing.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.request.RequestTarget;
import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.signing.AuthStandIn;
import dev.latchkey.signing.SigningServiceTest;
import dev.latchkey.signing.gateway.Upstream.Arrived;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RawHttp.Answer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes of {@code deploy/gateways} in the real programs: nothing reaches the protected service that should not. */
@SigningServiceTest
@Tag("platform")
class RecipeIT {

    private static Upstream upstream;
    private static GatewayProgram nginx;
    private static GatewayProgram caddy;

    AuthStandIn auth;

    private static synchronized GatewayProgram gateway(String name) throws IOException {
        if (upstream == null) {
            upstream = new Upstream();
            nginx = GatewayProgram.nginx(Files.createTempDirectory("nginx"), RestAssured.port, upstream.port());
            caddy = GatewayProgram.caddy(Files.createTempDirectory("caddy"), RestAssured.port, upstream.port());
        }
        upstream.arrived();
        return name.equals("nginx") ? nginx : caddy;
    }

    @AfterAll
    static void stop() throws IOException {
        if (upstream != null) {
            nginx.close();
            caddy.close();
            upstream.close();
            upstream = null;
        }
    }

    private String bearer() {
        return "Authorization: Bearer " + auth.token("ada", Secrets.randomId(), "system-users");
    }

    private String link(String path) {
        return given().header("Authorization", "Bearer " + auth.token("ada", Secrets.randomId()))
                .body("{\"path\":\"" + path + "\"}")
                .post("/api/signed_paths")
                .then()
                .statusCode(200)
                .extract()
                .path("path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "caddy"})
    void whoMayPassesAndTheServiceLearnsWhoItIs(String name) throws IOException {
        GatewayProgram gateway = gateway(name);
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            String target = "/files/caf%C3%A9~%7E.txt?a=1&b=%2F&flag";
            Answer answer = RawHttp.sendTo(gateway.port(), method, target, bearer(), "Content-Length: 0");

            assertThat(answer.status()).as(method + gateway.log()).isEqualTo(200);
            assertThat(answer.header("X-Upstream")).isEqualTo("reached");
            Arrived arrived = only(upstream.arrived());
            assertThat(arrived.method()).isEqualTo(method);
            assertThat(arrived.target()).isEqualTo(target);
            assertThat(arrived.header("X-Auth-User-Id")).containsExactly("ada");
            assertThat(arrived.header("X-Auth-Method")).containsExactly("bearer");
            HostileRequests.IDENTITY.forEach(
                    header -> assertThat(arrived.header(header)).as(header).hasSize(1));
            assertThat(arrived.header("X-Latchkey-Gateway")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "caddy"})
    void aLinkPassesAsItIsAndNothingElseOfIt(String name) throws IOException {
        GatewayProgram gateway = gateway(name);
        String link = link("/files/a b.txt?x=1&y=caf\u00e9");

        assertThat(RawHttp.sendTo(gateway.port(), "GET", link).status()).isEqualTo(200);
        Arrived arrived = only(upstream.arrived());
        assertThat(arrived.target()).isEqualTo(link);
        assertThat(arrived.header("X-Auth-Method")).containsExactly("signed_path");
        assertThat(RawHttp.sendTo(gateway.port(), "HEAD", link).status()).isEqualTo(200);
        assertThat(RawHttp.sendTo(gateway.port(), "GET", link + "&width=100").status())
                .isEqualTo(200);
        assertThat(upstream.arrived()).hasSize(2);

        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            assertThat(RawHttp.sendTo(gateway.port(), method, link, "Content-Length: 0")
                            .status())
                    .isEqualTo(401);
        }
        for (String other : List.of(
                link.replace("x=1", "x=2"),
                link.replace("/files/", "/Files/"),
                link.replace("/files/", "/files/./"),
                link.replace("/files/", "//files/"),
                link.replace("/files/", "/x/../files/"),
                link.replace("/files/", "/x/%2e%2e/files/"),
                link.replace("/files/", "/files%2f"),
                link + "&z",
                link + "&",
                link + "&width=x",
                link.substring(0, link.length() - 1),
                link.replace("?x=1&y", "?y").replace("&authSig", "&x=1&authSig"))) {
            assertThat(RawHttp.sendTo(gateway.port(), "GET", other).status())
                    .as(other)
                    .isBetween(400, 403);
        }
        assertThat(upstream.arrived()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "caddy"})
    void whoMayNotNeverPasses(String name) throws IOException {
        GatewayProgram gateway = gateway(name);
        for (String path : HostileRequests.paths()) {
            for (String spoofed : HostileRequests.headers()) {
                int status =
                        RawHttp.sendTo(gateway.port(), "GET", path, spoofed).status();
                assertThat(status).as(path + " with " + spoofed).isNotEqualTo(200);
            }
        }
        for (String method : List.of("GET", "HEAD", "OPTIONS", "POST", "TRACE", "CONNECT", "PROPFIND", "GETT")) {
            Answer answer = RawHttp.sendTo(gateway.port(), method, "/files/a", "Content-Length: 0");
            assertThat(answer.status()).as(method).isBetween(400, 405);
        }
        assertThat(upstream.arrived()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "caddy"})
    void whatReachesTheServiceIsWhatWasDecidedAbout(String name) throws IOException {
        GatewayProgram gateway = gateway(name);
        for (String path : HostileRequests.paths()) {
            RawHttp.sendTo(gateway.port(), "GET", path, bearer());
            for (Arrived arrived : upstream.arrived()) {
                assertThat(RequestTarget.parse(arrived.target()).target())
                        .as("%s became %s", path, arrived.target())
                        .isPresent();
                assertThat(path).as("became " + arrived.target()).endsWith(arrived.target());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "caddy"})
    void nobodySaysAnythingOfThemselves(String name) throws IOException {
        GatewayProgram gateway = gateway(name);
        for (String spoofed : HostileRequests.headers()) {
            if (spoofed.startsWith("Authorization")) {
                continue;
            }
            Answer answer = RawHttp.sendTo(gateway.port(), "GET", "/files/a", bearer(), spoofed);
            List<Arrived> all = upstream.arrived();
            if (answer.status() != 200) {
                assertThat(all).as(spoofed).isEmpty();
                continue;
            }
            Arrived arrived = only(all);
            for (String line : arrived.headers()) {
                String lower = line.toLowerCase(Locale.ROOT);
                assertThat(lower).as(spoofed).doesNotContain("spoofed");
                assertThat(lower.split(":")[0]).as(spoofed).doesNotContain("_");
            }
            assertThat(arrived.header("X-Auth-User-Id")).as(spoofed).containsExactly("ada");
            HostileRequests.IDENTITY.forEach(
                    header -> assertThat(arrived.header(header)).as(spoofed).hasSize(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "caddy"})
    void ofTwoTokensTheOneThatWasJudgedIsPassedOn(String name) throws IOException {
        GatewayProgram gateway = gateway(name);
        RawHttp.sendTo(gateway.port(), "GET", "/files/a", bearer(), "Authorization: Bearer second");
        RawHttp.sendTo(gateway.port(), "GET", "/files/a", "Authorization: Bearer first", bearer());

        for (Arrived arrived : upstream.arrived()) {
            assertThat(arrived.header("Authorization"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("Bearer ey");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "caddy"})
    void smuggledRequestsStayOutside(String name) throws IOException {
        GatewayProgram gateway = gateway(name);
        String inner = "GET /files/admin HTTP/1.1\r\nHost: localhost\r\nX-Auth-User-Id: spoofed\r\n\r\n";
        for (String framing : List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Content-Length: 0\r\nContent-Length: 5",
                "Content-Length: +5",
                "X-Folded: a\r\n b",
                "Transfer-Encoding:\u000bchunked",
                "Bad Name: x")) {
            RawHttp.sendTo(gateway.port(), "POST", "/files/a", framing + "\r\n\r\n0\r\n\r\n" + inner);
        }

        assertThat(upstream.arrived()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "caddy"})
    void whenNobodyAnswersNobodyPasses(String name) throws IOException {
        gateway(name);
        Path home = Files.createTempDirectory(name);
        try (ServerSocket silent = new ServerSocket(0)) {
            int nobody = dev.latchkey.embedded.Loopback.freePort();
            for (int signing : List.of(nobody, silent.getLocalPort())) {
                try (GatewayProgram alone = name.equals("nginx")
                        ? GatewayProgram.nginx(home, signing, upstream.port())
                        : GatewayProgram.caddy(home, signing, upstream.port())) {
                    assertThat(RawHttp.sendTo(alone.port(), "GET", "/files/a", bearer())
                                    .status())
                            .isBetween(500, 504);
                }
            }
        }
        assertThat(upstream.arrived()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "caddy"})
    void theDecisionsThemselvesAreNotForClients(String name) throws IOException {
        GatewayProgram gateway = gateway(name);
        for (String path : List.of(
                "/authz/auth-request",
                "/authz/forward-auth",
                "/authz/ext-authz/a",
                "/.latchkey/decision",
                "/q/health")) {
            Answer answer = RawHttp.sendTo(
                    gateway.port(),
                    "GET",
                    path,
                    bearer(),
                    "X-Latchkey-Gateway: " + GatewayProgram.SECRET,
                    "X-Original-Method: GET",
                    "X-Original-URI: /a",
                    "X-Forwarded-Method: GET",
                    "X-Forwarded-Uri: /a");
            assertThat(answer.header("X-Auth-User-Id")).as(path).isNull();
        }
    }

    private static Arrived only(List<Arrived> all) {
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
