package dev.latchkey.flow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.connector.ConnectorGuideIT.HomeOfGuide;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connects the device of the tour as the tour says, block by block; only the sign-in is left out. */
@FlowServiceTest
@TestProfile(HomeOfGuide.class)
@Timeout(120)
class ConnectorTourIT {

    private static final Path TOUR = Path.of("../docs/tour/README.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    private static final String END_OF_BLOCK = "--- end of block ---";

    @ConfigProperty(name = "latchkey.flow.connectors")
    Path connectors;

    @TestHTTPResource("/")
    URI service;

    @Test
    void oneEntryLivesThroughANewTokenAndAMove() throws Exception {
        List<String> printed = run();

        assertThat(printed).hasSize(7);
        assertThat(printed.get(2))
                .contains("\"errors\":{\"base\":\"invalid_auth\"}")
                .contains("\"title\":\"Device of ada\"")
                .contains("\"state\":\"loaded\"")
                .doesNotContain("guessed");
        assertThat(printed.get(3)).contains("\"state\":\"setup_error\"").contains("\"step_id\":\"reauth_confirm\"");
        assertThat(printed.get(4).lines())
                .satisfiesExactly(
                        wrong -> assertThat(wrong).contains("\"errors\":{\"base\":\"invalid_auth\"}"),
                        other -> assertThat(other)
                                .contains("\"type\":\"abort\"")
                                .contains("\"reason\":\"wrong_account\""),
                        right -> assertThat(right).contains("\"reason\":\"reauth_successful\""),
                        entry -> assertThat(entry)
                                .contains("\"state\":\"loaded\"")
                                .containsOnlyOnce("\"entry_id\""),
                        end -> assertThat(end).isEmpty());
        assertThat(printed.get(5))
                .contains("\"reason\":\"reconfigure_successful\"")
                .contains("\"state\":\"loaded\"");
        assertThat(printed.get(6)).startsWith("{\"require_restart\":false}");
        assertThat(String.join("", printed)).doesNotContain("token-of-ada", "token-of-bob", "a-new-token");
    }

    /** What each block prints, in one shell as when a person pastes them one after the other. */
    private List<String> run() throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        Matcher block = BLOCK.matcher(Files.readString(TOUR));
        while (block.find()) {
            script.append(block.group(1)).append("printf '%s' '" + END_OF_BLOCK + "'\n");
        }
        String here = script.toString()
                .replaceAll("(?m)^FLOW=.*login_flow -d.*\\n", "")
                .replaceAll("(?m)^CODE=.*login_flow/.*\\n", "")
                .replaceAll("(?m)^ACCESS=.*\\n", "ACCESS=" + Bearers.ADMIN + "\n")
                .replace("127.0.0.1:8123", service.getAuthority())
                .replace("9123", Integer.toString(Loopback.freePort()))
                .replace("9124", Integer.toString(Loopback.freePort()));
        Path errors = Files.createTempFile("tour", ".txt");
        ProcessBuilder shell = new ProcessBuilder("sh", "-u", "-c", here)
                .directory(Path.of("..").toFile())
                .redirectError(errors.toFile());
        shell.environment().put("LATCHKEY_HOME", connectors.getParent().toString());
        Process process = shell.start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
            assertThat(errors).isEmptyFile();
            List<String> blocks = new ArrayList<>(List.of(printed.split(END_OF_BLOCK, -1)));
            blocks.removeLast();
            return blocks;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(connectors.resolve("fake_device.yaml"));
            Files.delete(errors);
        }
    }
}
