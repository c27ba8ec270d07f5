package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.FlowServiceTest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be entered into the form of a flow. */
@FlowServiceTest
class FlowInputIT {

    @AfterEach
    void clear() {
        ScriptedFlows.onStep("t_boom", null);
        ScriptedFlows.onStep("t_two", null);
        Flows.clear();
    }

    @Test
    void anInputThatDoesNotFitIsRefusedWithAllItsErrorsAndTheFlowGoesOn() {
        String flow = Flows.started("t_geo");

        Flows.submit(flow, "{\"invalid\":1,\"invalid_2\":1,\"radius\":4}")
                .then()
                .statusCode(400)
                .body(
                        "errors.base",
                        equalTo("extra keys not allowed @ data['invalid']; extra keys not allowed @ data['invalid_2']"))
                .body("errors.latitude", equalTo("required key not provided"))
                .body("errors.longitude", equalTo("required key not provided"))
                .body("errors.radius", equalTo("value must be at least 5"))
                .body("codes.base", equalTo("unknown_field"))
                .body("codes.latitude", equalTo("required"))
                .body("codes.radius", equalTo("too_small"));

        Flows.submit(flow, Map.of("latitude", 1.5, "longitude", 2, "radius", 5))
                .then()
                .statusCode(200)
                .body("type", equalTo("create_entry"));
    }

    static Stream<Arguments> badInputs() {
        return Stream.of(
                Arguments.of("\"x\"", "Message format incorrect: expected dict"),
                Arguments.of("[]", "Message format incorrect: expected dict"),
                Arguments.of("null", "Message format incorrect: expected dict"),
                Arguments.of("{\"a\":1,\"a\":2}", "Invalid JSON."),
                Arguments.of("{", "Invalid JSON."),
                Arguments.of("[".repeat(1_000), "Invalid JSON."),
                Arguments.of("{\"a\":" + "9".repeat(100) + "}", "Invalid JSON."));
    }

    @ParameterizedTest
    @MethodSource("badInputs")
    void anInputThatIsNoObjectIsRefused(String body, String message) {
        String flow = Flows.started("t_form");

        Flows.submit(flow, body).then().statusCode(400).body("message", equalTo(message));
    }

    @Test
    void anEmptyBodyIsAnEmptyInput() {
        String flow = Flows.started("t_form");

        admin().post(Flows.FLOW + "/" + flow)
                .then()
                .statusCode(400)
                .body(
                        "errors",
                        equalTo(Map.of(
                                "username", "required key not provided",
                                "password", "required key not provided")));
    }

    @Test
    void aProblemInASectionIsToldWithItsPath() {
        String flow = Flows.started("t_section");

        Flows.submit(flow, Map.of("ssl_options", Map.of("verify", "yes")))
                .then()
                .statusCode(400)
                .body("errors.base", equalTo("expected bool for dictionary value @ data['ssl_options']['verify']"));
    }

    @Test
    void aFormWithoutFieldsTakesAnything() {
        String flow = Flows.started("t_free");

        Flows.submit(flow, "{\"anything\":1,\"$secret\":\"x\"}")
                .then()
                .statusCode(200)
                .body("type", equalTo("create_entry"));
    }
}
