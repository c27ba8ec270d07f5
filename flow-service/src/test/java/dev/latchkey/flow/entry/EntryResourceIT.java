package dev.latchkey.flow.entry;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static dev.latchkey.flow.World.ENTRIES;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.IntegrationType;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of entries ({@code spec/flows.md} 1.1 R1 and 4.1, decision F14). */
@FlowServiceTest
class EntryResourceIT {

    private static final String LIST = "/api/config/config_entries/entry";

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @AfterEach
    void clear() {
        world.clear();
    }

    @Test
    void anEntryHasExactlyTheseKeys() {
        FakeIntegration fake = integrations.make();
        fake.answers(new NotReady("device offline"));
        String id = world.createIn(EntryState.SETUP_RETRY, fake);

        Map<String, Object> entry =
                as(Bearers.USER).get(LIST).then().statusCode(200).extract().path("[0]");

        assertThat(entry.keySet())
                .containsExactly(
                        "entry_id",
                        "domain",
                        "title",
                        "source",
                        "state",
                        "reason",
                        "error_reason_translation_key",
                        "error_reason_translation_placeholders",
                        "supports_options",
                        "supports_remove_device",
                        "supports_unload",
                        "supports_reconfigure",
                        "supported_subentry_types",
                        "num_subentries",
                        "pref_disable_new_entities",
                        "pref_disable_polling",
                        "disabled_by",
                        "created_at",
                        "modified_at");
        assertThat(entry)
                .containsEntry("entry_id", id)
                .containsEntry("domain", fake.domain())
                .containsEntry("title", "Device")
                .containsEntry("source", "user")
                .containsEntry("state", "setup_retry")
                .containsEntry("reason", "device offline")
                .containsEntry("supports_unload", true)
                .containsEntry("supports_options", false)
                .containsEntry("supported_subentry_types", Map.of())
                .containsEntry("num_subentries", 0)
                .containsEntry("disabled_by", null);
        double now = System.currentTimeMillis() / 1000.0;
        JsonPath exact = as(Bearers.USER)
                .get(LIST)
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(NumberReturnType.BIG_DECIMAL));
        assertThat(exact.getDouble("[0].created_at")).isBetween(now - 60, now + 1);
        Map<String, Object> alone =
                admin().get(ENTRIES + id).then().statusCode(200).extract().path("config_entry");
        assertThat(alone).isEqualTo(entry);
    }

    @Test
    void entriesAreListedInTheOrderInWhichTheyCame() {
        FakeIntegration fake = integrations.make();
        for (int i = 0; i < 20; i++) {
            world.create(fake, "Device " + i);
        }

        List<String> titles = as(Bearers.USER).get(LIST).path("title");

        assertThat(titles).hasSize(20).first().isEqualTo("Device 0");
        assertThat(titles).element(11).isEqualTo("Device 11");
    }

    @Test
    void entriesAreFilteredByDomainAndTypeOfIntegration() {
        FakeIntegration hub = integrations.make();
        FakeIntegration device = integrations.make();
        device.type = IntegrationType.DEVICE;
        FakeIntegration gone = integrations.make();
        world.create(hub, "Hub");
        world.create(device, "Device");
        world.create(gone, "Gone");
        integrations.remove(gone);

        list("?domain=" + device.domain()).body("title", contains("Device"));
        list("?domain=" + device.domain() + "&type=helper").body("$", hasSize(0));
        list("?type=hub").body("title", contains("Hub", "Gone"));
        list("?type=device&type=hub").body("title", contains("Hub", "Device", "Gone"));
        list("?type=helper").body("$", hasSize(0));
        list("?domain=unknown").body("$", hasSize(0));
        list("?domain=x'%20or%20'1'='1").body("$", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?domain=%00", "?type=%00", "?domain=a&domain=b", "?domain="})
    void strangeFiltersFindNothingAndBreakNothing(String query) {
        assertThat(as(Bearers.USER).urlEncodingEnabled(false).get(LIST + query).statusCode())
                .isIn(200, 400);
    }

    @Test
    void onlyWhoIsSignedInSeesEntries() {
        given().get(LIST).then().statusCode(401);
        as("forged").get(LIST).then().statusCode(401);
        as(Bearers.USER).get(ENTRIES + "any").then().statusCode(403);
        admin().get(ENTRIES + "any").then().statusCode(404).body("message", equalTo("Invalid entry specified"));
    }

    @Test
    void noAnswerIsCached() {
        as(Bearers.USER).get(LIST).then().header("Cache-Control", "no-store");
    }

    private static ValidatableResponse list(String query) {
        return as(Bearers.USER)
                .urlEncodingEnabled(false)
                .get(LIST + query)
                .then()
                .statusCode(200);
    }
}
