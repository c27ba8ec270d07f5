package dev.latchkey.signing.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be known of the recipes of {@code deploy/gateways} without the programs they are for. */
class RecipeFilesTest {

    private static final Path RECIPES = Path.of("../deploy/gateways");

    private static final List<String> IDENTITY = List.of(
            "x-auth-user-id",
            "x-auth-user-name",
            "x-auth-groups",
            "x-auth-client-id",
            "x-auth-token-id",
            "x-auth-method");

    /** What a client could say of itself, by which some service behind could be misled. */
    private static final List<String> SPOOFED =
            List.of("forwarded", "x-original-uri", "x-original-url", "x-original-method", "x-latchkey-gateway");

    /** Every way to write a name with underscores for some of its hyphens, which CGI-like services take for the name itself. */
    private static List<String> twins(String name) {
        int hyphen = name.indexOf('-');
        if (hyphen < 0) {
            return List.of(name);
        }
        return twins(name.substring(hyphen + 1)).stream()
                .flatMap(rest ->
                        Stream.of(name.substring(0, hyphen) + "-" + rest, name.substring(0, hyphen) + "_" + rest))
                .toList();
    }

    private static String text(String file) throws IOException {
        return Files.readString(RECIPES.resolve(file)).toLowerCase(Locale.ROOT);
    }

    private static List<Map<String, Object>> yaml(String file) throws IOException {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document :
                new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(RECIPES.resolve(file)))) {
            @SuppressWarnings("unchecked")
            Map<String, Object> map = (Map<String, Object>) document;
            documents.add(map);
        }
        return documents;
    }

    /** Follows keys and numbers of elements down. */
    private static Object at(Object node, Object... path) {
        for (Object step : path) {
            node = step instanceof Integer index ? ((List<?>) node).get(index) : ((Map<?, ?>) node).get(step);
            assertThat(node).as("at %s", step).isNotNull();
        }
        return node;
    }

    private static List<String> lower(Object list) {
        return ((List<?>) list)
                .stream().map(item -> item.toString().toLowerCase(Locale.ROOT)).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "traefik/dynamic.yaml",
                "envoy/envoy.yaml",
                "kubernetes/ingress-nginx.yaml",
                "kubernetes/gateway-api.yaml"
            })
    void everyRecipeNamesWhatIsReplacedAndWhatIsTakenAway(String file) throws IOException {
        assertThat(text(file)).contains(IDENTITY);
        assertThat(text(file)).contains(SPOOFED);
    }

    @Test
    void traefikTakesAwayEveryTwinOfAnIdentityHeader() throws IOException {
        assertThat(text("traefik/dynamic.yaml"))
                .contains(IDENTITY.stream()
                        .flatMap(name -> twins(name).stream())
                        .map(twin -> " " + twin + ": \"\"")
                        .toList());
    }

    @Test
    void traefikBelievesNoClientAndKeepsTheSecretFromTheService() throws IOException {
        Object http = at(yaml("traefik/dynamic.yaml").getFirst(), "http");

        assertThat(at(http, "routers", "protected", "middlewares"))
                .isEqualTo(List.of("latchkey-strip", "latchkey-secret", "latchkey-decision", "latchkey-no-secret"));
        Object decision = at(http, "middlewares", "latchkey-decision", "forwardAuth");
        assertThat(at(decision, "trustForwardHeader")).isEqualTo(false);
        assertThat(at(decision, "forwardBody")).isEqualTo(false);
        assertThat(at(decision, "address").toString()).endsWith("/authz/forward-auth");
        assertThat(lower(at(decision, "authResponseHeaders"))).containsExactlyElementsOf(IDENTITY);
        Object routers = at(http, "routers");
        ((Map<?, ?>) routers)
                .forEach((name, router) ->
                        assertThat(at(router, "middlewares", 0)).isEqualTo("latchkey-strip"));
    }

    @Test
    void envoyRefusesWhenNobodyAnswersAndRepairsNothing() throws IOException {
        Object manager = at(
                yaml("envoy/envoy.yaml").getFirst(),
                "static_resources",
                "listeners",
                0,
                "filter_chains",
                0,
                "filters",
                0,
                "typed_config");

        assertThat(at(manager, "normalize_path")).isEqualTo(false);
        assertThat(at(manager, "merge_slashes")).isEqualTo(false);
        assertThat(at(manager, "common_http_protocol_options", "headers_with_underscores_action"))
                .isEqualTo("DROP_HEADER");
        assertThat(at(manager, "http_filters", 0, "name")).isEqualTo("envoy.filters.http.header_mutation");
        Object decision = at(manager, "http_filters", 1, "typed_config");
        assertThat(at(decision, "failure_mode_allow")).isEqualTo(false);
        assertThat(at(decision, "http_service", "path_prefix")).isEqualTo("/authz/ext-authz");
        assertThat(((Map<?, ?>) decision).containsKey("with_request_body")).isFalse();
        assertThat(((Map<?, ?>) at(manager, "http_filters", 2)).get("name")).isEqualTo("envoy.filters.http.router");
        for (Object route : (List<?>) at(manager, "route_config", "virtual_hosts", 0, "routes")) {
            boolean decided = !((Map<?, ?>) route).containsKey("typed_per_filter_config");
            boolean ours = !at(route, "match").toString().equals("{prefix=/}")
                    && !((Map<?, ?>) route).containsKey("direct_response");
            assertThat(decided).as(route.toString()).isNotEqualTo(ours);
        }
    }

    @Test
    void ingressNginxNeverRemembersADecision() throws IOException {
        List<Map<String, Object>> ingresses = yaml("kubernetes/ingress-nginx.yaml");
        Map<?, ?> annotations = (Map<?, ?>) at(ingresses.get(1), "metadata", "annotations");

        assertThat(annotations.get("nginx.ingress.kubernetes.io/auth-url").toString())
                .endsWith("/authz/auth-request");
        assertThat(List.of(annotations
                        .get("nginx.ingress.kubernetes.io/auth-response-headers")
                        .toString()
                        .toLowerCase(Locale.ROOT)
                        .split(", ")))
                .containsExactlyElementsOf(IDENTITY);
        assertThat(annotations.keySet().toString()).doesNotContain("auth-cache", "auth-snippet", "auth-signin");
    }

    @Test
    void theGatewayApiTakesTheSixHeadersAndNoOther() throws IOException {
        List<?> rules = (List<?>) at(yaml("kubernetes/gateway-api.yaml").getFirst(), "spec", "rules");
        Object decision = at(rules.getLast(), "filters", 0);

        assertThat(at(decision, "type")).isEqualTo("ExternalAuth");
        assertThat(at(decision, "externalAuth", "http", "path")).isEqualTo("/authz/ext-authz");
        assertThat(lower(at(decision, "externalAuth", "http", "allowedResponseHeaders")))
                .containsExactlyElementsOf(IDENTITY);
        assertThat(((Map<?, ?>) at(decision, "externalAuth")).containsKey("forwardBody"))
                .isFalse();
    }

    @Test
    void noRecipeHoldsASecret() throws IOException {
        for (String file : List.of("traefik/dynamic.yaml", "envoy/envoy.yaml")) {
            assertThat(text(file)).contains("replace_with_the_gateway_secret");
        }
        assertThat(text("nginx/latchkey.conf.template")).contains("\"${latchkey_gateway_secret}\"");
        assertThat(text("caddy/Caddyfile")).contains("{$latchkey_gateway_secret}");
    }
}
