package dev.latchkey.auth.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.auth.AuthServiceTest;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the alerts from asking for metrics that nobody has. */
@AuthServiceTest
class AlertsIT {

    private static final Path ALERTS = Path.of("../deploy/dashboards/alerts.yaml");

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Test
    void everyMetricOfAnAlertExists() throws IOException {
        var asked = Pattern.compile("latchkey_\\w+")
                .matcher(Files.readString(ALERTS))
                .results()
                .map(name -> name.group())
                .distinct()
                .toList();
        assertThat(asked).hasSizeGreaterThan(3);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            String exposed = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(asked).allSatisfy(name -> assertThat(exposed).containsPattern("(?m)^" + name + "[ {]"));
        });
    }
}
