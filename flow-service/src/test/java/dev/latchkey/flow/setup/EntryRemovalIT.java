package dev.latchkey.flow.setup;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static dev.latchkey.flow.World.ENTRIES;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.EntryState;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removing entries ({@code spec/flows.md} 1.1 R2 and 5.5), and who may do what to which entry. */
@FlowServiceTest
class EntryRemovalIT extends EntryControlTesting {

    @Test
    void aLoadedEntryIsTakenDownAndRemoved() {
        String id = world.createIn(EntryState.LOADED, fake);

        remove(id).statusCode(200).body("require_restart", equalTo(false));

        assertThat(fake.unloads).hasValue(1);
        assertThat(fake.removals).hasValue(1);
        assertThat(entries.find(id)).isEmpty();
        assertThat(world.events(id)).endsWith("state_changed", "removed");
        assertThat(world.statesTold(id)).endsWith("unload_in_progress");
    }

    @Test
    void anEntryThatCannotBeTakenDownIsRemovedAllTheSame() {
        String unsupported = world.createIn(EntryState.LOADED, fake);
        fake.supportsUnload = false;
        remove(unsupported).statusCode(200).body("require_restart", equalTo(true));
        fake.supportsUnload = true;
        String failing = world.createIn(EntryState.LOADED, fake);
        fake.unload = entry -> false;
        remove(failing).statusCode(200).body("require_restart", equalTo(true));

        assertThat(entries.find(unsupported)).isEmpty();
        assertThat(entries.find(failing)).isEmpty();
    }

    @Test
    void anEntryThatCouldNotBeRemovedIsNotStuck() {
        String id = world.createIn(EntryState.LOADED, fake);
        world.execute("create function refuse() returns trigger language plpgsql"
                + " as 'begin raise exception ''on purpose''; end'");
        try {
            world.execute(
                    "create trigger refuse before delete on config_entry for each row" + " execute function refuse()");
            remove(id).statusCode(500);
            world.becomes(id, EntryState.LOADED);
        } finally {
            world.execute("drop function refuse cascade");
        }

        reload(id).statusCode(200);
        remove(id).statusCode(200);
    }

    @Test
    void anEntryThatIsNotLoadedIsRemovedWithoutTakingItDown() {
        fake.answers(new NotReady("offline"));
        String id = world.createIn(EntryState.SETUP_RETRY, fake);

        remove(id).statusCode(200).body("require_restart", equalTo(false));

        assertThat(fake.unloads).hasValue(0);
    }

    @Test
    void anEntryWhoseIntegrationIsGoneCanBeRemoved() {
        String id = world.createIn(EntryState.LOADED, fake);
        integrations.remove(fake);

        remove(id).statusCode(200).body("require_restart", equalTo(false));
    }

    @Test
    void anEntryThatCannotBeDecryptedCanBeRemoved() {
        String id = world.createIn(EntryState.LOADED, fake);
        String other = world.createIn(EntryState.LOADED, fake);
        world.execute("update config_entry set sealed = (select sealed from config_entry where id = '" + other
                + "') where id = '" + id + "'");

        reload(id).statusCode(200);
        admin().get(ENTRIES + id)
                .then()
                .body("config_entry.state", equalTo("setup_error"))
                .body("config_entry.reason", equalTo("The stored data cannot be decrypted"));
        remove(id).statusCode(200);
        assertThat(world.column("select id from config_entry")).containsExactly(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "a'b", "%00", "%F0%9F%98%80"})
    void anEntryThatThereIsNotIsNotFound(String id) {
        for (ValidatableResponse answer : List.of(
                admin().urlEncodingEnabled(false).delete(ENTRIES + id).then(),
                admin().urlEncodingEnabled(false).post(ENTRIES + id + "/reload").then(),
                admin().urlEncodingEnabled(false)
                        .body("{\"disabled_by\":null}")
                        .post(ENTRIES + id + "/disable")
                        .then(),
                admin().urlEncodingEnabled(false)
                        .body("{\"title\":\"x\"}")
                        .post(ENTRIES + id + "/update")
                        .then(),
                as(Bearers.WORKER)
                        .urlEncodingEnabled(false)
                        .get(ENTRIES + id + "/credentials")
                        .then(),
                admin().urlEncodingEnabled(false).get(ENTRIES + id + "/history").then(),
                admin().urlEncodingEnabled(false).get(ENTRIES + id).then())) {
            int status = answer.extract().statusCode();
            assertThat(status).isIn(400, 404);
            if (status == 404) {
                answer.body("message", equalTo("Invalid entry specified"));
            }
        }
    }

    @Test
    void onlyAdministratorsChangeEntries() {
        String id = world.createIn(EntryState.LOADED, fake);

        for (String token : List.of(Bearers.USER, Bearers.WORKER)) {
            as(token).delete(ENTRIES + id).then().statusCode(403);
            as(token).post(ENTRIES + id + "/reload").then().statusCode(403);
            as(token).body("junk").post(ENTRIES + id + "/update").then().statusCode(403);
            as(token).body("junk").post(ENTRIES + id + "/disable").then().statusCode(403);
        }
        given().delete(ENTRIES + id).then().statusCode(401);
        given().post(ENTRIES + id + "/reload").then().statusCode(401);
        assertThat(entries.find(id)).isPresent();
        assertThat(fake.setUps).hasValue(1);
    }
}
