package dev.latchkey.flow.connector;

import static dev.latchkey.flow.connector.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.configflow.FlowResult;
import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.configflow.SetUpOutcome;
import dev.latchkey.flow.connector.ConnectorGuideIT.HomeOfGuide;
import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.file.Described;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Does what the guide to connectors says, as it says it. */
@FlowServiceTest
@TestProfile(HomeOfGuide.class)
@Timeout(60)
class ConnectorGuideIT {

    public static class HomeOfGuide implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path home = Files.createTempDirectory("guide");
                Files.createDirectory(home.resolve("run"));
                return Map.of(
                        "latchkey.flow.connectors",
                        Files.createDirectory(home.resolve("connectors")).toString(),
                        "latchkey.flow.outbound.allowed-networks",
                        "127.0.0.0/8");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final Path GUIDE = Path.of("../docs/guides/write-a-connector.md");
    private static final String BLOCK = "(?ms)^```%s\\n(.*?)^```";

    @ConfigProperty(name = "latchkey.flow.connectors")
    Path connectors;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Integrations integrations;

    @Test
    void itsCommandsLeadToAConnectionThatHeals() throws Exception {
        try (ScriptedServer miniflux = new ScriptedServer((request, out) -> {
            boolean right =
                    request.line().equals("GET /v1/me HTTP/1.1") && "right".equals(request.header("X-Auth-Token"));
            answer(
                    out,
                    right ? 200 : 401,
                    right
                            ? "{\"id\":1,\"username\":\"ada\",\"is_admin\":true}"
                            : "{\"error_message\":\"Access Unauthorized\"}");
        })) {
            List<String> commands = blocks("sh");
            assertThat(commands).hasSize(3);

            assertThat(run(commands.get(0), miniflux)).contains("\"id\":1").endsWith("\n401\n");
            assertThat(run(commands.get(1), miniflux)).isEmpty();
            assertThat(run(commands.get(2), miniflux))
                    .contains("\"connectors\"")
                    .doesNotContain("miniflux.yaml");

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> integrations.find("miniflux").isPresent());
            FlowWalk walk = new FlowWalk(integrations.find("miniflux").orElseThrow());
            walk.user();
            assertThat(walk.submit(Map.of("host", miniflux.url(), "api_key", "wrong")))
                    .isInstanceOf(FlowResult.ShowForm.class);
            assertThat(walk.submit(Map.of("host", miniflux.url(), "api_key", "right")))
                    .isInstanceOf(FlowResult.CreateEntry.class);
            assertThat(walk.entry().title()).isEqualTo("ada");
            assertThat(integrations.find("miniflux").orElseThrow().setUp(walk.entry()))
                    .isEqualTo(new SetUpOutcome.Loaded());
        }
    }

    @Test
    void eachOfItsFragmentsTakesItsPlaceInTheFile() throws IOException {
        Matcher whole = Pattern.compile("(?ms)^cat .*?<<'END'\\n(.*?)^END$").matcher(Files.readString(GUIDE));
        assertThat(whole.find()).isTrue();
        String file = whole.group(1);
        List<String> fragments = blocks("yaml");
        assertThat(fragments).hasSizeGreaterThan(3);

        for (String fragment : fragments) {
            String key = fragment.substring(0, fragment.indexOf(':') + 1);
            String section = "(?m)^" + key + "\\n(^[ -].*\\n)*";
            boolean there = Pattern.compile(section).matcher(file).find();
            Connector connector = Described.by(
                    there ? file.replaceFirst(section, Matcher.quoteReplacement(fragment)) : file + fragment);
            assertThat(connector).as(fragment).isNotEqualTo(Described.by(file));
        }
    }

    @Test
    void theDeviceOfTheTourIsDescribedByTheFileOfTheTour() throws Exception {
        Process device = new ProcessBuilder("../docs/tour/fake-device", "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = device.inputReader().readLine();
            String url = said.substring(said.indexOf("http://"));
            Files.copy(Path.of("../docs/tour/fake_device.yaml"), connectors.resolve("fake_device.yaml"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> integrations.find("fake_device").isPresent());
            var kind = integrations.find("fake_device").orElseThrow();
            FlowWalk walk = new FlowWalk(kind);
            walk.user();
            walk.submit(Map.of("host", url, "api_token", "token-of-ada"));
            assertThat(walk.entry().title()).isEqualTo("Device of ada");

            control(url, "account=ada&token=next");
            assertThat(kind.setUp(walk.entry())).isInstanceOf(SetUpOutcome.AuthenticationFailed.class);
            walk.reauth();
            assertThat(walk.submit(Map.of("api_token", "token-of-bob")))
                    .isEqualTo(new FlowResult.Abort("wrong_account", null));
            walk.reauth();
            assertThat(walk.submit(Map.of("api_token", "next"))).isInstanceOf(FlowResult.UpdateAndAbort.class);
            control(url, "outage=true");
            assertThat(kind.setUp(walk.entry())).isInstanceOf(SetUpOutcome.NotReady.class);
            control(url, "outage=false");
            String moved = control(url, "port=0").replaceAll(".*\"url\":\"([^\"]+)\".*", "$1");
            walk.reconfigure();
            assertThat(walk.submit(Map.of("host", moved))).isInstanceOf(FlowResult.UpdateAndAbort.class);
            assertThat(kind.setUp(walk.entry())).isEqualTo(new SetUpOutcome.Loaded());
            control(moved, "stop=true");
            assertThat(device.waitFor(10, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            device.destroyForcibly();
            Files.deleteIfExists(connectors.resolve("fake_device.yaml"));
        }
    }

    private static String control(String url, String order) throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(URI.create(url + "/control"))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(order))
                .build();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            return client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private String run(String command, ScriptedServer product) throws Exception {
        Path home = connectors.getParent();
        URI root = URI.create("http://" + management.getAuthority());
        Files.writeString(home.resolve("run/flow-service.management.url"), root + "\n");
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", command).redirectErrorStream(true);
        shell.environment().putAll(Map.of("HOST", product.url(), "KEY", "right", "LATCHKEY_HOME", home.toString()));
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile(BLOCK.formatted(language)).matcher(Files.readString(GUIDE));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }
}
