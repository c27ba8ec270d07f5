package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("platform")
class PlatformIT {
    @TempDir
    Path home;

    @Test
    void thePackagedServicesBecomeReadyAndAreReachedThroughTheGateway() throws Exception {
        try (var run = LocalRun.platform(home, Map.of())) {
            assertThat(run.get("/auth/")).isNotIn(List.of("503", "502"));
            assertThat(run.get("/q/health")).isEqualTo("404");
        }
    }
}
