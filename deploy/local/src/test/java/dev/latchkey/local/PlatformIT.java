package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.client.SharedPlatform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPlatform.class)
class PlatformIT {
    @Test
    void thePackagedServicesAreReachedThroughTheGatewayAndTheirManagementIsNot(LocalRun run) {
        assertThat(run.get("/auth/providers")).contains("\"providers\":[");
        assertThat(List.of(run.get("/q/health"), run.get("/q/metrics"), run.get("/q/openapi")))
                .containsOnly("404");
    }

    @Test
    void theRootShowsTheWelcomePage(LocalRun run) {
        assertThat(run.get("/")).contains("<html", "Latchkey");
    }
}
