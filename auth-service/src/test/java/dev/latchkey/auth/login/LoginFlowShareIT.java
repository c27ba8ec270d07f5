package dev.latchkey.auth.login;

import static dev.latchkey.auth.Calls.atOnce;
import static dev.latchkey.auth.Calls.from;
import static dev.latchkey.auth.People.CLIENT_ID;
import static dev.latchkey.auth.People.submit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many login flows one client may keep open (row W01). */
@AuthServiceTest
@TestProfile(LoginFlowShareIT.SmallShare.class)
class LoginFlowShareIT {

    private static final int SHARE = 3;

    /** A share that a test exceeds in a moment. */
    public static class SmallShare implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("latchkey.auth.max-open-login-flows-per-address", String.valueOf(SHARE));
        }
    }

    @Inject
    People people;

    @BeforeEach
    void anInstallationWithAnOwner() {
        people.owner();
    }

    @Test
    void whoStartsTooManyFlowsEndsTheirOwnOldestAndNobodyElses() {
        String neighbours = flow("198.51.100.8");
        List<String> own = flows("198.51.100.7", SHARE + 2);

        assertThat(own.subList(0, 2)).noneMatch(LoginFlowShareIT::isOpen);
        assertThat(own.subList(2, own.size())).allMatch(LoginFlowShareIT::isOpen);
        assertThat(isOpen(neighbours)).isTrue();
    }

    @Test
    void oneIpv6NetworkHasOneShare() {
        String first = flow("2001:db8:1:1::1");
        IntStream.range(2, 2 + SHARE).forEach(i -> flow("2001:db8:1:1:" + i + "::1"));

        assertThat(isOpen(first)).isFalse();
    }

    @Test
    void theLocalNetworkWhichEverybodyMayShareHasFiveTimesAsMany() {
        List<String> flows = flows("192.168.1.5", 5 * SHARE + 1);

        assertThat(isOpen(flows.getFirst())).isFalse();
        assertThat(flows.subList(1, flows.size())).allMatch(LoginFlowShareIT::isOpen);
    }

    @Test
    void manyWhoStartAtOnceAllGetAnAnswer() {
        assertThat(atOnce(20, () -> start("198.51.100.9").statusCode())).containsOnly(200);
    }

    private static List<String> flows(String address, int count) {
        return IntStream.range(0, count).mapToObj(i -> flow(address)).toList();
    }

    private static String flow(String address) {
        return start(address).path("flow_id");
    }

    private static Response start(String address) {
        return from(address).body(People.json(People.loginFlow())).post("/auth/login_flow");
    }

    private static boolean isOpen(String flowId) {
        return submit(flowId, CLIENT_ID, "nobody", "wrong").statusCode() == 200;
    }
}
