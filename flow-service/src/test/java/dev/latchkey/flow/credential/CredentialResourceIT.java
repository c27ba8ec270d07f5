package dev.latchkey.flow.credential;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static dev.latchkey.flow.World.ENTRIES;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.entry.EntryUpdate;
import dev.latchkey.flow.form.Secret;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets credentials (decision F10), and what is written down of that and of all else (history). */
@FlowServiceTest
class CredentialResourceIT {

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    Entries entries;

    private FakeIntegration fake;

    @BeforeEach
    void makeIntegration() {
        fake = integrations.make();
    }

    @AfterEach
    void clear() {
        world.clear();
    }

    @Test
    void aWorkerGetsWhatItNeedsAndThatIsWrittenDown() {
        String id = world.create(
                fake,
                "Device",
                "serial-1",
                Map.of("host", "device.example", "api_token", Secret.of("s3cr3t"), "more", List.of(Secret.of("k3y"))));
        world.becomes(id, EntryState.LOADED);

        as(Bearers.WORKER)
                .get(ENTRIES + id + "/credentials")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("entry_id", equalTo(id))
                .body("domain", equalTo(fake.domain()))
                .body("unique_id", equalTo("serial-1"))
                .body("version", equalTo(1))
                .body("data.host", equalTo("device.example"))
                .body("data.api_token", equalTo("s3cr3t"))
                .body("data.more", contains("k3y"))
                .body("options", equalTo(Map.of()));

        admin().get(ENTRIES + id + "/history")
                .then()
                .statusCode(200)
                .body("history", hasSize(2))
                .body("history[0].action", equalTo("credentials_read"))
                .body("history[0].user_id", equalTo("id-of-system-integrations"))
                .body("history[0].client_id", equalTo("https://app.example/"))
                .body("history[0].address", equalTo("127.0.0.1"))
                .body("history[1].action", equalTo("created"))
                .body("history[1].user_id", nullValue())
                .body("next", nullValue());
    }

    @Test
    void nobodyElseGetsCredentials() {
        String id = world.createIn(EntryState.LOADED, fake);

        for (String token : List.of(Bearers.ADMIN, Bearers.USER)) {
            assertThat(as(token)
                            .get(ENTRIES + id + "/credentials")
                            .then()
                            .statusCode(403)
                            .extract()
                            .asString())
                    .doesNotContain("s3cr3t");
        }
        given().get(ENTRIES + id + "/credentials").then().statusCode(401);
        assertThat(world.column("select action from entry_history where entry_id = ?", id))
                .doesNotContain("credentials_read");
    }

    @Test
    void thereAreNoCredentialsOfWhatIsUnknownOrDisabled() {
        as(Bearers.WORKER)
                .get(ENTRIES + "unknown/credentials")
                .then()
                .statusCode(404)
                .body("message", equalTo("Invalid entry specified"));
        String id = world.createIn(EntryState.LOADED, fake);
        admin().body("{\"disabled_by\":\"user\"}")
                .post(ENTRIES + id + "/disable")
                .then()
                .statusCode(200);
        as(Bearers.WORKER).get(ENTRIES + id + "/credentials").then().statusCode(403);
    }

    @Test
    void theHistorySaysWhoDidWhatAndOutlivesTheEntry() {
        String id = world.createIn(EntryState.LOADED, fake);
        admin().body("{\"title\":\"Cellar\"}")
                .post(ENTRIES + id + "/update")
                .then()
                .statusCode(200);
        entries.update(
                id,
                EntryUpdate.nothing()
                        .withDataUpdates(Map.of("host", "other.example"))
                        .byFlow("flow-7"));
        admin().header("X-Forwarded-For", "203.0.113.9")
                .delete(ENTRIES + id)
                .then()
                .statusCode(200);

        admin().get(ENTRIES + id + "/history")
                .then()
                .statusCode(200)
                .body("history.action", contains("removed", "updated", "updated", "created"))
                .body("history[0].address", equalTo("203.0.113.9"))
                .body("history[0].user_id", equalTo("id-of-system-admin"))
                .body("history[1].flow_id", equalTo("flow-7"))
                .body("history[1].fields", hasItem("data.host"))
                .body("history[2].fields", contains("title"))
                .body("history[0].at", notNullValue());
    }

    @Test
    void theHistoryComesInPages() {
        String id = world.createIn(EntryState.LOADED, fake);
        for (int i = 0; i < 9; i++) {
            entries.update(id, EntryUpdate.nothing().withTitle("Title " + i));
        }

        ValidatableResponse first = admin().get(ENTRIES + id + "/history?limit=7")
                .then()
                .statusCode(200)
                .body("history", hasSize(7));
        long next = ((Number) first.extract().path("next")).longValue();
        admin().get(ENTRIES + id + "/history?limit=7&before=" + next)
                .then()
                .statusCode(200)
                .body("history", hasSize(3))
                .body("history[2].action", equalTo("created"))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "before=0", "before=-1", "before=99999999999999999999"})
    void strangePagesAreRefused(String query) {
        String id = world.createIn(EntryState.LOADED, fake);

        admin().get(ENTRIES + id + "/history?" + query).then().statusCode(400);
    }

    @Test
    void onlyAdministratorsReadTheHistory() {
        as(Bearers.USER).get(ENTRIES + "unknown/history").then().statusCode(403);
        as(Bearers.WORKER).get(ENTRIES + "unknown/history").then().statusCode(403);
        given().get(ENTRIES + "unknown/history").then().statusCode(401);
        admin().get(ENTRIES + "unknown/history").then().statusCode(404);
    }
}
