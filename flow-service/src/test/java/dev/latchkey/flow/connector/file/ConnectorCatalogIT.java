package dev.latchkey.flow.connector.file;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.configflow.Integration;
import dev.latchkey.flow.configflow.Integrations;
import dev.latchkey.flow.connector.file.ConnectorCatalogIT.OwnFolder;
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
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The folder of a running service. */
@FlowServiceTest
@TestProfile(OwnFolder.class)
class ConnectorCatalogIT {

    public static class OwnFolder implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory("connectors");
                folder.toFile().deleteOnExit();
                Files.writeString(folder.resolve("broken.yaml"), "domain: broken\nname: Broken\ncolour: red\n");
                return Map.of("latchkey.flow.connectors", folder.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String GARAGE = """
            domain: garage
            name: %s
            fields: [{ name: host, selector: { text: { type: url } }, required: true }]
            check:
              request: { url: "{+host}/me" }
              account: { unique_id: /id }
            """;

    @ConfigProperty(name = "latchkey.flow.connectors")
    Path folder;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @Inject
    Integrations integrations;

    @Test
    void aFileCountsWithinFiveSecondsAndOneWithAnErrorIsSaidInTheReadinessDetailWhileTheServiceStaysReady()
            throws IOException {
        Path broken = folder.resolve("broken.yaml");
        Path garage = folder.resolve("garage.yaml");
        Path grafana = folder.resolve("grafana.yaml");
        try {
            assertThat(integrations.find("broken")).isEmpty();
            assertThat(integrations.find("grafana")).map(Integration::name).contains("Grafana");
            assertThat(detail(broken)).startsWith("line 1: the file needs").contains("check");

            Files.writeString(garage, GARAGE.formatted("Garage"));
            Files.writeString(grafana, GARAGE.formatted("Our Grafana").replace("garage", "grafana"));
            await().atMost(SOON).until(() -> "Garage".equals(name("garage")) && "Our Grafana".equals(name("grafana")));

            Files.writeString(garage, GARAGE.formatted("Garage and shed"));
            await().atMost(SOON).until(() -> "Garage and shed".equals(name("garage")));

            Files.writeString(garage, "domain: garage\nname: !!oops x\n");
            await().atMost(SOON).until(() -> detail(garage) != null);
            assertThat(detail(garage)).startsWith("line 2: tags");
            assertThat(name("garage")).isEqualTo("Garage and shed");

            Files.delete(garage);
            Files.delete(grafana);
            await().atMost(SOON)
                    .until(() -> integrations.find("garage").isEmpty() && "Grafana".equals(name("grafana")));
            assertThat(detail(garage)).isNull();
        } finally {
            Files.deleteIfExists(garage);
            Files.deleteIfExists(grafana);
        }
    }

    private String name(String domain) {
        return integrations.find(domain).map(Integration::name).orElse(null);
    }

    private String detail(Path file) {
        return given().get(ready)
                .then()
                .statusCode(200)
                .extract()
                .path("checks.find { it.name == 'connectors' }.data.'" + file + "'");
    }
}
