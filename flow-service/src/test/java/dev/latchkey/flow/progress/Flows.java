package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/** The requests about flows that tests make again and again, as an administrator. */
final class Flows {

    static final String BASE = "/api/config/config_entries";
    static final String FLOW = BASE + "/flow";
    static final String OPTIONS = BASE + "/options/flow";

    private Flows() {}

    static Response start(String domain) {
        return admin().body(Map.of("handler", domain)).post(FLOW);
    }

    static Response reconfigure(String domain, String entryId) {
        return admin().body(Map.of("handler", domain, "entry_id", entryId)).post(FLOW);
    }

    /** Starts a flow, which goes well, and returns its id. */
    static String started(String domain) {
        return start(domain).then().statusCode(200).extract().path("flow_id");
    }

    static Response submit(String flowId, Object input) {
        return admin().body(input).post(FLOW + "/" + flowId);
    }

    static Response read(String flowId) {
        return admin().get(FLOW + "/" + flowId);
    }

    static Response end(String flowId) {
        return admin().delete(FLOW + "/" + flowId);
    }

    static List<Map<String, Object>> open(String domain) {
        return admin().get(FLOW)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("findAll { it.handler == '" + domain + "' }");
    }

    static List<Map<String, Object>> entries(String domain) {
        return admin().get(BASE + "/entry?domain=" + domain)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("");
    }

    /** Ends all open flows and removes all entries. */
    static void clear() {
        admin().get(FLOW).jsonPath().<String>getList("flow_id").forEach(Flows::end);
        JsonPath entries = admin().get(BASE + "/entry").jsonPath();
        entries.<String>getList("entry_id").forEach(id -> admin().delete(BASE + "/entry/" + id));
    }
}
