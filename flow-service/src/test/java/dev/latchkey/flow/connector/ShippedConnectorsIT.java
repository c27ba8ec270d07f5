package dev.latchkey.flow.connector;

import static dev.latchkey.flow.connector.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.configflow.EntryData;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.connector.check.Outbounds;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.file.Described;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every connector that is shipped, against answers in the shape that the product's documentation gives. */
@Timeout(60)
class ShippedConnectorsIT {

    /**
     * A product.
     *
     * @param address the field with the address
     * @param secret the field with the credential
     * @param others further values
     * @param line what must be asked
     * @param header the header with the credential, and what it must be for the credential {@code right}
     * @param answer what the product says to the right account
     * @param account the account in the answer as entries remember it, without the server
     * @param other what the product says to another account; null when it has no accounts to tell apart
     * @param refusal status and body for a wrong credential
     */
    record Product(
            String domain,
            String address,
            String secret,
            Map<String, Object> others,
            String line,
            String header,
            String value,
            String answer,
            String account,
            String title,
            String other,
            int refusalStatus,
            String refusal) {

        @Override
        public String toString() {
            return domain;
        }
    }

    static Stream<Product> products() {
        return Stream.of(
                // https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/org/
                new Product(
                        "grafana",
                        "host",
                        "api_token",
                        Map.of(),
                        "GET /api/org HTTP/1.1",
                        "Authorization",
                        "Bearer right",
                        "{\"id\":1,\"name\":\"Main Org.\",\"address\":{\"address1\":\"\",\"city\":\"\",\"country\":\"\"}}",
                        "1",
                        "Main Org.",
                        "{\"id\":2,\"name\":\"Second Org.\"}",
                        401,
                        "{\"extra\":null,\"message\":\"Invalid API key\",\"messageId\":\"api-key.invalid\",\"statusCode\":401}"),
                // https://docs.gitea.com/api/ , operation userGetCurrent
                new Product(
                        "gitea",
                        "host",
                        "access_token",
                        Map.of(),
                        "GET /api/v1/user HTTP/1.1",
                        "Authorization",
                        "token right",
                        "{\"id\":3,\"login\":\"ada\",\"login_name\":\"\",\"source_id\":0,\"full_name\":\"Ada\",\"email\":\"a@example.com\",\"is_admin\":false,\"created\":\"2024-01-02T03:04:05Z\",\"active\":true,\"username\":\"ada\"}",
                        "3",
                        "ada",
                        "{\"id\":4,\"login\":\"bob\"}",
                        401,
                        "{\"message\":\"user does not exist [uid: 0, name: ]\",\"url\":\"http://localhost/api/swagger\"}"),
                // https://docs.github.com/rest/users/users#get-the-authenticated-user
                new Product(
                        "github",
                        "api",
                        "access_token",
                        Map.of(),
                        "GET /user HTTP/1.1",
                        "Authorization",
                        "Bearer right",
                        "{\"login\":\"octocat\",\"id\":583231,\"node_id\":\"MDQ6VXNlcjU4MzIzMQ==\",\"type\":\"User\",\"name\":null,\"plan\":{\"name\":\"free\"}}",
                        "583231",
                        "octocat",
                        "{\"login\":\"hubot\",\"id\":480938}",
                        401,
                        "{\"message\":\"Bad credentials\",\"documentation_url\":\"https://docs.github.com/rest\",\"status\":\"401\"}"),
                // https://developers.home-assistant.io/docs/api/rest/#get-apiconfig
                new Product(
                        "home_assistant",
                        "host",
                        "access_token",
                        Map.of(),
                        "GET /api/config HTTP/1.1",
                        "Authorization",
                        "Bearer right",
                        "{\"components\":[\"sensor.cpuspeed\",\"frontend\"],\"config_dir\":\"/config\",\"elevation\":510,\"latitude\":45.87,\"location_name\":\"Home\",\"longitude\":-121.8,\"time_zone\":\"America/Los_Angeles\",\"version\":\"2026.11.1\"}",
                        "",
                        "Home",
                        null,
                        401,
                        "401: Unauthorized"),
                // https://api.immich.app/endpoints/users/getMyUser
                new Product(
                        "immich",
                        "host",
                        "api_key",
                        Map.of(),
                        "GET /api/users/me HTTP/1.1",
                        "x-api-key",
                        "right",
                        "{\"id\":\"7f4a2b1e-0c3d-4e5f-8a9b-0c1d2e3f4a5b\",\"email\":\"a@example.com\",\"name\":\"Ada\",\"isAdmin\":true,\"status\":\"active\",\"license\":null}",
                        "7f4a2b1e-0c3d-4e5f-8a9b-0c1d2e3f4a5b",
                        "Ada",
                        "{\"id\":\"00000000-0c3d-4e5f-8a9b-0c1d2e3f4a5b\",\"name\":\"Bob\"}",
                        401,
                        "{\"message\":\"Invalid API key\",\"error\":\"Unauthorized\",\"statusCode\":401}"),
                // https://docs.nextcloud.com/server/latest/developer_manual/client_apis/OCS/ocs-api-overview.html
                new Product(
                        "nextcloud",
                        "host",
                        "app_password",
                        Map.of("username", "ada"),
                        "GET /ocs/v2.php/cloud/user?format=json HTTP/1.1",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("ada:right".getBytes(StandardCharsets.UTF_8)),
                        "{\"ocs\":{\"meta\":{\"status\":\"ok\",\"statuscode\":200,\"message\":\"OK\"},\"data\":{\"enabled\":true,\"id\":\"ada\",\"lastLogin\":1578283711000,\"backend\":\"Database\",\"subadmin\":[],\"email\":null,\"display-name\":\"Ada L.\",\"groups\":[]}}}",
                        "ada",
                        "Ada L.",
                        "{\"ocs\":{\"meta\":{\"status\":\"ok\",\"statuscode\":200},\"data\":{\"id\":\"bob\"}}}",
                        401,
                        "{\"ocs\":{\"meta\":{\"status\":\"failure\",\"statuscode\":997,\"message\":\"Current user is not logged in\"},\"data\":[]}}"),
                // https://prometheus.io/docs/prometheus/latest/querying/api/#build-information
                new Product(
                        "prometheus",
                        "host",
                        "password",
                        Map.of("username", "ada"),
                        "GET /api/v1/status/buildinfo HTTP/1.1",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("ada:right".getBytes(StandardCharsets.UTF_8)),
                        "{\"status\":\"success\",\"data\":{\"version\":\"3.4.0\",\"revision\":\"cb7cbad5f9a2823a622aaa668833ca04f50a0ea7\",\"branch\":\"HEAD\",\"buildUser\":\"u\",\"buildDate\":\"20250101\",\"goVersion\":\"go1.24\"}}",
                        "",
                        "Prometheus",
                        null,
                        401,
                        "Unauthorized"));
    }

    private static final Map<String, Connector> SHIPPED = Described.shipped();

    private static Outbounds outbounds;

    @BeforeAll
    static void open() {
        outbounds = new Outbounds(Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        outbounds.close();
    }

    @Test
    void noneIsForgottenHere() {
        Set<String> tested = new TreeSet<>(products().map(Product::domain).toList());

        assertThat(tested).isEqualTo(SHIPPED.keySet());
    }

    @ParameterizedTest
    @MethodSource("products")
    void theDocumentedAnswerMakesAnEntryAndItsSetUpLoads(Product product) throws IOException {
        try (ScriptedServer server = remote(product)) {
            EntryData entry = added(product, server).entry();

            assertThat(entry.title()).isEqualTo(product.title());
            assertThat(entry.uniqueId()).startsWith(product.account());
            assertThat(server.requests().getLast().line()).isEqualTo(product.line());
            assertThat(server.requests().getLast().header(product.header())).isEqualTo(product.value());
            assertThat(integration(product).setUp(entry)).isEqualTo(new SetUpOutcome.Loaded());
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void aWrongCredentialIsAFormErrorAndTheRightOneRecovers(Product product) throws IOException {
        try (ScriptedServer server = remote(product)) {
            FlowWalk walk = new FlowWalk(integration(product));
            walk.user();

            assertThat(errors(walk.submit(values(product, server, "wrong")))).isEqualTo(Map.of("base", "invalid_auth"));
            assertThat(walk.submit(values(product, server, "right"))).isInstanceOf(FlowResult.CreateEntry.class);
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void aCredentialThatDiesAsksForANewOneAndKeepsTheRest(Product product) throws IOException {
        try (ScriptedServer server = remote(product)) {
            FlowWalk walk = added(product, server);
            server.now((request, out) -> answer(out, product.refusalStatus(), product.refusal()));
            assertThat(integration(product).setUp(walk.entry())).isInstanceOf(SetUpOutcome.AuthenticationFailed.class);
            server.now(remoteScript(product, product.answer()));

            walk.reauth();
            FlowResult result = walk.submit(credential(product, "right"));

            assertThat(((FlowResult.UpdateAndAbort) result).reason()).isEqualTo("reauth_successful");
            assertThat(walk.entry().data()).containsEntry(product.address(), server.url());
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void anotherAccountIsRefusedWhereTheProductTellsAccountsApart(Product product) throws IOException {
        if (product.other() == null) {
            assertThat(SHIPPED.get(product.domain()).check().account().uniqueId())
                    .isNull();
            return;
        }
        try (ScriptedServer server = remote(product)) {
            FlowWalk walk = added(product, server);
            EntryData before = walk.entry();
            server.now(remoteScript(product, product.other()));

            walk.reauth();
            assertThat(walk.submit(credential(product, "right")))
                    .isEqualTo(new FlowResult.Abort("wrong_account", null));
            walk.reconfigure();
            assertThat(walk.submit(values(product, server, "right")))
                    .isEqualTo(new FlowResult.Abort("wrong_account", null));
            assertThat(walk.entry()).isEqualTo(before);
            assertThat(integration(product).setUp(before)).isInstanceOf(SetUpOutcome.ConfigurationError.class);
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void anOutageAndGarbageAreTriedAgainAndNeverTakenForARefusal(Product product) throws IOException {
        try (ScriptedServer server = remote(product)) {
            FlowWalk walk = added(product, server);
            for (int status : new int[] {200, 404, 429, 500, 503}) {
                server.now((request, out) -> answer(out, status, "<html>Bad gateway</html>"));
                assertThat(integration(product).setUp(walk.entry()))
                        .as("%s", status)
                        .isInstanceOf(SetUpOutcome.NotReady.class);
            }
            server.hangUp();
            assertThat(integration(product).setUp(walk.entry())).isInstanceOf(SetUpOutcome.NotReady.class);
        }
    }

    @Test
    void aRateLimitOfGitHubAndABanOfHomeAssistantAreNotRefusals() throws IOException {
        for (Product product : products()
                .filter(p -> Set.of("github", "home_assistant").contains(p.domain()))
                .toList()) {
            try (ScriptedServer server = remote(product)) {
                EntryData entry = added(product, server).entry();
                server.now((request, out) ->
                        answer(out, 403, "{\"message\":\"API rate limit exceeded\"}", "Retry-After: 60"));

                assertThat(integration(product).setUp(entry))
                        .isEqualTo(new SetUpOutcome.NotReady(
                                "The answer has the status 403", java.time.Duration.ofMinutes(1)));
            }
        }
    }

    @Test
    void aPrometheusThatAsksForNothingIsAskedWithoutCredentials() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "{\"status\":\"success\",\"data\":{}}")) {
            FlowWalk walk = new FlowWalk(new ConnectorIntegration(SHIPPED.get("prometheus"), outbounds.check()));
            walk.user();

            assertThat(walk.submit(Map.of("host", server.url()))).isInstanceOf(FlowResult.CreateEntry.class);
            assertThat(server.requests().getLast().header("Authorization")).isNull();
        }
    }

    private static FlowWalk added(Product product, ScriptedServer server) {
        FlowWalk walk = new FlowWalk(integration(product));
        walk.user();
        assertThat(walk.submit(values(product, server, "right"))).isInstanceOf(FlowResult.CreateEntry.class);
        return walk;
    }

    private static ConnectorIntegration integration(Product product) {
        return new ConnectorIntegration(SHIPPED.get(product.domain()), outbounds.check());
    }

    private static ScriptedServer remote(Product product) throws IOException {
        return new ScriptedServer(remoteScript(product, product.answer()));
    }

    private static ScriptedServer.Script remoteScript(Product product, String good) {
        return (request, out) -> {
            boolean right =
                    product.line().equals(request.line()) && product.value().equals(request.header(product.header()));
            answer(out, right ? 200 : product.refusalStatus(), right ? good : product.refusal());
        };
    }

    private static Map<String, Object> values(Product product, ScriptedServer server, String credential) {
        Map<String, Object> values = new HashMap<>(product.others());
        values.put(product.address(), server.url());
        values.put(product.secret(), credential);
        return values;
    }

    private static Map<String, Object> credential(Product product, String credential) {
        Map<String, Object> values = new HashMap<>(Map.of(product.secret(), credential));
        if (product.domain().equals("prometheus")) {
            values.putAll(product.others());
        }
        return values;
    }

    private static Map<String, String> errors(FlowResult result) {
        return ((FlowResult.ShowForm) result).errors();
    }
}
