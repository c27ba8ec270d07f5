package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Loopback;
import dev.latchkey.local.client.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the tour with a device says, as it says it. */
@Timeout(180)
class DeviceTourIT {
    @TempDir
    Path home;

    @Test
    void theDeviceIsConnectedHealedAndMovedAsOneEntry() throws Exception {
        try (var run = LocalRun.platform(home, Map.of())) {
            new Api(run.url()).makeOwner();
            var ports = Loopback.freePorts(2);
            var here = Map.of(
                    "127.0.0.1:8123", "127.0.0.1:" + run.port(),
                    "9123", Integer.toString(ports.getFirst()),
                    "9124", Integer.toString(ports.getLast()));

            var printed =
                    PastedTour.paste(Files.readString(LocalRun.CHECKOUT.resolve("docs/tour/README.md")), here, home);

            assertThat(printed).hasSize(7);
            assertThat(printed.get(2)).contains("\"base\":\"invalid_auth\"", "\"state\":\"loaded\"");
            assertThat(printed.get(3)).contains("\"state\":\"setup_error\"", "\"source\":\"reauth\"");
            assertThat(printed.get(4))
                    .contains("\"base\":\"invalid_auth\"")
                    .contains("\"reason\":\"wrong_account\"")
                    .contains("\"reason\":\"reauth_successful\"")
                    .contains("\"state\":\"loaded\"");
            assertThat(printed.get(5)).contains("\"reason\":\"reconfigure_successful\"", "\"state\":\"loaded\"");
            assertThat(printed.get(6)).contains("\"require_restart\":false");
        }
    }
}
