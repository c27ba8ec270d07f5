package dev.latchkey.signing.decision;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.secret.Secrets;
import dev.latchkey.signing.AuthStandIn;
import dev.latchkey.signing.SigningServiceTest;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What gateways are told, in each dialect: rows G and U of the attack cases, and the advisories behind them. */
@SigningServiceTest
class DecisionIT {

    private static final String SECRET = "X-Latchkey-Gateway: the-gateway-secret-of-the-tests-00";

    AuthStandIn auth;

    @TestHTTPResource(value = "/metrics", management = true)
    String metricsUrl;

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

    /** Asks as a gateway does. */
    private static Answer ask(Dialect dialect, String method, String target, String... headers) {
        Stream<String> original = switch (dialect) {
            case AUTH_REQUEST -> Stream.of("X-Original-Method: " + method, "X-Original-URI: " + target);
            case FORWARD_AUTH -> Stream.of("X-Forwarded-Method: " + method, "X-Forwarded-Uri: " + target);
            case EXT_AUTHZ -> Stream.of();
        };
        String[] all = Stream.of(Stream.of(SECRET), original, Stream.of(headers))
                .flatMap(lines -> lines)
                .toArray(String[]::new);
        return dialect == Dialect.EXT_AUTHZ
                ? RawHttp.send(method, dialect.path() + target, all)
                : RawHttp.send("GET", dialect.path(), all);
    }

    private static void requireIdentity(Answer answer, String method) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Auth-User-Id")).isEqualTo("ada");
        assertThat(answer.header("X-Auth-Method")).isEqualTo(method);
        for (String name : List.of("User-Name", "Groups", "Client-Id", "Token-Id")) {
            assertThat(answer.header("X-Auth-" + name)).as(name).isNotBlank();
        }
        assertThat(answer.headers().stream().map(line -> line.split(":")[0].toLowerCase(java.util.Locale.ROOT)))
                .containsOnly(
                        "cache-control",
                        "content-length",
                        "connection",
                        "x-auth-user-id",
                        "x-auth-user-name",
                        "x-auth-groups",
                        "x-auth-client-id",
                        "x-auth-token-id",
                        "x-auth-method");
    }

    @ParameterizedTest
    @EnumSource
    void aLiveTokenLetsEveryMethodPass(Dialect dialect) {
        for (String method :
                List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "M-SEARCH")) {
            Answer answer = ask(dialect, method, "/files/hello.txt?a=1", bearer());
            if (method.equals("HEAD") && dialect == Dialect.EXT_AUTHZ) {
                assertThat(answer.status()).isEqualTo(200);
            } else {
                requireIdentity(answer, "bearer");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLinkLetsGetAndHeadPass(Dialect dialect) {
        String link = link("/files/hello.txt?a=1");

        requireIdentity(ask(dialect, "GET", link), "signed_path");
        assertThat(ask(dialect, "HEAD", link).status()).isEqualTo(200);
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND")) {
            assertThat(ask(dialect, method, link).status()).as(method).isEqualTo(401);
        }
        assertThat(ask(dialect, "POST", link, "X-HTTP-Method-Override: GET").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void aLinkPassesBesideATokenThatIsWorthNothing(Dialect dialect) {
        requireIdentity(ask(dialect, "GET", link("/a"), "Authorization: Bearer junk"), "signed_path");
        requireIdentity(ask(dialect, "GET", link("/a"), "Authorization: Basic YTpi"), "signed_path");
        requireIdentity(ask(dialect, "GET", link("/a"), bearer()), "bearer");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyPassesWithoutACredential(Dialect dialect) {
        for (String method : List.of("GET", "HEAD", "OPTIONS", "POST")) {
            Answer answer = ask(
                    dialect,
                    method,
                    "/q/health/ready",
                    "User-Agent: GoogleHC/1.0",
                    "X-Sent-From: nginx-ingress-controller",
                    "X-Auth-User-Id: owner",
                    "X-HTTP-Method-Override: GET",
                    "Cookie: session=1");
            assertThat(answer.status()).as(method).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .isEqualTo("Bearer resource_metadata=\"https://example.com/.well-known/oauth-protected-resource\"");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.headers())
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("x-auth-"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCredentialThatIsWorthNothingIsCalledInvalid(Dialect dialect) {
        for (String credential : List.of(
                "Authorization: Bearer junk",
                "Authorization: Bearer " + link("/a").split("authSig=")[1],
                "Authorization: Basic YWRhOnBhc3N3b3Jk",
                "Authorization: Bearer",
                "Authorization: ",
                "Authorization: Bearer a b",
                "Authorization: Bearer " + "a".repeat(9_000),
                bearer() + "\r\n" + bearer())) {
            Answer answer = ask(dialect, "GET", "/a", credential);
            assertThat(answer.status()).as(credential).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .startsWith("Bearer error=\"invalid_token\", resource_metadata=");
        }
        assertThat(ask(dialect, "GET", "/a?access_token=" + auth.token("ada", Secrets.randomId()))
                        .status())
                .isEqualTo(401);
        assertThat(ask(dialect, "GET", "/a?authSig=" + auth.token("ada", Secrets.randomId()))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void aTargetThatReadsInTwoWaysIsRefusedWhateverTheCredential(Dialect dialect) {
        for (String target : List.of(
                "//",
                "//files/a",
                "/files//a",
                "/files/../admin",
                "/files/./a",
                "/files/..",
                "/api%2e/admin",
                "/files/%2e%2e/admin",
                "/files/%2E%2E%2Fadmin",
                "/files/..%2fadmin",
                "/files%2fadmin",
                "/files%5cadmin",
                "/files\\admin",
                "/files/a%00",
                "/files/a;b",
                "/files/a%3bb",
                "/files/a%3fb",
                "/files/a%23b",
                "/files/a#b",
                "/%61dmin",
                "/files/%252e%252e/admin",
                "/files/%c0%ae%c0%ae/admin",
                "/files/%c0%af",
                "/files/%ff",
                "/files/%",
                "/files/%zz",
                "/a?b#c",
                "/a?b=%00",
                "/a?b=%",
                "/" + "a".repeat(8_192))) {
            for (String credential : List.of(bearer(), "X-None: 1")) {
                // What is no URI at all in the request line is refused before anybody looks at it.
                assertThat(ask(dialect, "GET", target, credential).status())
                        .as(target)
                        .isIn(403, dialect == Dialect.EXT_AUTHZ ? 400 : 403);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "files/a",
                "http://evil.example/a",
                "*",
                "/a b",
                "/\u00e9",
                "/a\t",
                "?a=1",
                "evil.example:443",
                "/a,/b c"
            })
    void whatIsNoTargetIsRefused(String target) {
        for (Dialect dialect : List.of(Dialect.AUTH_REQUEST, Dialect.FORWARD_AUTH)) {
            if (!target.equals("/a\t")) {
                assertThat(ask(dialect, "GET", target, bearer()).status())
                        .as(target)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void theGatewayHasToSayExactlyOnceWhatItAsksAbout() {
        String method = "X-Original-Method: GET";
        String uri = "X-Original-URI: /a";
        for (List<String> said : List.of(
                List.<String>of(),
                List.of(method),
                List.of(uri),
                List.of(method, uri, uri),
                List.of(method, uri, "X-Original-URI: /b"),
                List.of(method, method, uri),
                List.of(method, uri, "X-Original-URL: https://home.example/b"),
                List.of(method, "X-Original-URL: /a"),
                List.of(method, "X-Original-URL: https://home.example"),
                List.of(method, "X-Original-URL: https://home.example/a", "X-Original-URL: https://home.example/a"),
                List.of("X-Original-Method: ", uri),
                List.of("X-Original-Method: G ET", uri),
                List.of("X-Original-Method: get", uri),
                List.of("X-Original-Method: " + "G".repeat(33), uri),
                List.of("X-Forwarded-Method: GET", "X-Forwarded-Uri: /a"),
                List.of("X_Original_Method: GET", "X_Original_URI: /a"))) {
            assertThat(raw("/authz/auth-request", said)).as(said.toString()).isEqualTo(403);
        }
        assertThat(raw("/authz/auth-request", List.of(method, uri))).isEqualTo(200);
        assertThat(raw("/authz/auth-request?a=b", List.of(method, uri))).isEqualTo(200);
        assertThat(raw("/authz/auth-request", List.of(method, "X-Original-URL: https://home.example/a")))
                .isEqualTo(200);
        assertThat(raw("/authz/auth-request", List.of(method, uri, "X-Original-URL: https://home.example/a")))
                .isEqualTo(200);
        assertThat(raw("/authz/auth-request", List.of(method, uri, "X-Forwarded-Uri: //evil", "X-Forwarded-Method: x")))
                .isEqualTo(200);
        assertThat(raw("/authz/forward-auth", List.of(method, uri))).isEqualTo(403);
        assertThat(raw(
                        "/authz/forward-auth",
                        List.of("X-Forwarded-Method: GET", "X-Forwarded-Uri: /a", "X-Forwarded-Uri: /b")))
                .isEqualTo(403);
    }

    private int raw(String path, List<String> lines) {
        String[] headers =
                Stream.concat(Stream.of(SECRET, bearer()), lines.stream()).toArray(String[]::new);
        return RawHttp.send("GET", path, headers).status();
    }

    @ParameterizedTest
    @EnumSource
    void onlyGatewaysMayAsk(Dialect dialect) {
        for (String secret : List.of(
                "X-Nothing: 1",
                "X-Latchkey-Gateway: ",
                "X-Latchkey-Gateway: the-gateway-secret-of-the-tests-01",
                "X-Latchkey-Gateway: the-gateway-secret-of-the-tests-00x",
                SECRET + "\r\n" + SECRET,
                "Authorization: Bearer the-gateway-secret-of-the-tests-00")) {
            Answer answer = RawHttp.send(
                    "GET",
                    dialect.path() + (dialect == Dialect.EXT_AUTHZ ? "/a" : ""),
                    secret,
                    bearer(),
                    "X-Original-Method: GET",
                    "X-Original-URI: /a",
                    "X-Forwarded-Method: GET",
                    "X-Forwarded-Uri: /a");
            assertThat(answer.status()).as(secret).isEqualTo(403);
            assertThat(answer.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/authz",
                "/authz/",
                "/authz/other",
                "/authz/auth-request/",
                "/authz/auth-request/x",
                "/authz//auth-request",
                "/AUTHZ/auth-request",
                "/authz/auth%2drequest",
                "/x/../authz/auth-request",
                "/authz/ext-authz",
                "/authz/ext-authzx/a",
                "/authz/ext-authz?a=b"
            })
    void nothingElseAnswersYes(String path) {
        assertThat(raw(path, List.of("X-Original-Method: GET", "X-Original-URI: /a")))
                .isBetween(400, 404);
    }

    @Test
    void nginxGetsNoBodyAndTheOthersAPageOrASentence() {
        assertThat(ask(Dialect.AUTH_REQUEST, "GET", "/a", "Accept: text/html").body())
                .isEmpty();
        for (Dialect dialect : List.of(Dialect.FORWARD_AUTH, Dialect.EXT_AUTHZ)) {
            Answer page = ask(dialect, "GET", "/a?authSig=x", "Accept: text/html,*/*;q=0.8");
            assertThat(page.status()).isEqualTo(401);
            assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
            assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(page.header("Vary")).isEqualToIgnoringCase("Accept");
            assertThat(page.body()).contains("<h1>This link does not work any more</h1>");
            Answer sentence = ask(dialect, "GET", "/a");
            assertThat(sentence.header("Content-Type")).isEqualTo("application/json");
            assertThat(sentence.body())
                    .startsWith("{\"message\":\"Sign in first.")
                    .endsWith("\"code\":\"sign_in\"}");
        }
    }

    @Test
    void whatWasDecidedIsCounted() {
        ask(Dialect.AUTH_REQUEST, "GET", "/a?authSig=x");
        ask(Dialect.FORWARD_AUTH, "GET", "//", bearer());
        String metrics = given().get(metricsUrl).asString();

        assertThat(metrics)
                .containsPattern(
                        "latchkey_signing_decisions_total\\{dialect=\"auth-request\",outcome=\"unauthenticated\",reason=\"link_malformed\"\\} [1-9]")
                .containsPattern(
                        "latchkey_signing_decisions_total\\{dialect=\"forward-auth\",outcome=\"forbidden\",reason=\"target_refused\"\\} [1-9]")
                .contains("latchkey_signing_boots");
    }
}
