package dev.latchkey.flow.setup;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.World.ENTRIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.EntryState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changing and disabling entries ({@code spec/flows.md} 1.2 W3 and W4, 5.5). */
@FlowServiceTest
class EntryUpdateIT extends EntryControlTesting {

    @Test
    void aDisabledEntryIsTakenDownAndSetUpOnceItIsEnabled() {
        String id = world.createIn(EntryState.LOADED, fake);

        disable(id, "\"user\"").statusCode(200).body("require_restart", equalTo(false));
        assertThat(world.entry(id).state()).isEqualTo(EntryState.NOT_LOADED);
        assertThat(world.entry(id).disabledBy()).isEqualTo("user");
        disable(id, "\"user\"").statusCode(200).body("require_restart", equalTo(false));
        reload(id).statusCode(200);
        assertThat(fake.setUps).hasValue(1);

        disable(id, "null").statusCode(200).body("require_restart", equalTo(false));
        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
        assertThat(world.entry(id).disabledBy()).isNull();
        assertThat(fake.setUps).hasValue(2);
    }

    @Test
    void anEntryStaysDisabledWhenItCannotBeTakenDown() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.unload = entry -> false;

        disable(id, "\"user\"").statusCode(200).body("require_restart", equalTo(true));

        assertThat(world.entry(id).disabledBy()).isEqualTo("user");
        assertThat(world.entry(id).state()).isEqualTo(EntryState.FAILED_UNLOAD);
    }

    @Test
    void onlyARestartHelpsAnEntryThatCannotBeTakenDown() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.unload = entry -> false;
        disable(id, "\"user\"");

        disable(id, "null").statusCode(200).body("require_restart", equalTo(true));
        entries.reportRefused(id, "401 from the device");

        await().during(Duration.ofMillis(600)).until(() -> fake.setUps.get() == 1);
        assertThat(world.entry(id).state()).isEqualTo(EntryState.FAILED_UNLOAD);
    }

    @Test
    void anEntryThatWaitsForItsNextTryIsNotTriedOnceItIsDisabled() {
        clock.stop();
        fake.answers(new NotReady("offline"));
        String id = world.createIn(EntryState.SETUP_RETRY, fake);

        disable(id, "\"user\"").statusCode(200);

        assertThat(world.entry(id).state()).isEqualTo(EntryState.NOT_LOADED);
        clock.advance(Duration.ofHours(1));
        await().during(Duration.ofMillis(600)).until(() -> fake.setUps.get() == 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "junk",
                "[]",
                "{}",
                "{\"disabled_by\":\"system\"}",
                "{\"disabled_by\":1}",
                "{\"disabled_by\":[]}",
                "{\"disabled_by\":null,\"x\":1}"
            })
    void whoDisablesAnEntryIsTheUserOrNobody(String body) {
        String id = world.createIn(EntryState.LOADED, fake);

        admin().body(body).post(ENTRIES + id + "/disable").then().statusCode(400);

        assertThat(world.entry(id).disabledBy()).isNull();
    }

    @Test
    void titleAndPreferencesAreChanged() {
        String id = world.createIn(EntryState.LOADED, fake);

        update(id, "{\"title\":\"Cellar\",\"pref_disable_new_entities\":true}")
                .statusCode(200)
                .body("require_restart", equalTo(false))
                .body("config_entry.title", equalTo("Cellar"))
                .body("config_entry.pref_disable_new_entities", equalTo(true))
                .body("config_entry.disabled_by", nullValue());

        assertThat(fake.setUps).hasValue(1);
        assertThat(world.column("select array_to_string(fields, ',') from entry_history where entry_id = ?", id))
                .contains("title,pref_disable_new_entities");
    }

    @Test
    void aChangeToWhatIsThereAlreadyIsNone() {
        String id = world.createIn(EntryState.LOADED, fake);
        List<String> before = world.events(id);
        Instant modified = world.entry(id).modifiedAt();

        update(id, "{\"title\":\"Device\",\"pref_disable_polling\":false}").statusCode(200);
        update(id, "{}").statusCode(200);

        assertThat(world.events(id)).isEqualTo(before);
        assertThat(world.entry(id).modifiedAt()).isEqualTo(modified);
    }

    @Test
    void anEntryThatShallNotBeProbedIsReloaded() {
        fake.probeInterval = Duration.ofMinutes(5);
        String id = world.createIn(EntryState.LOADED, fake);

        update(id, "{\"pref_disable_polling\":true}")
                .statusCode(200)
                .body("require_restart", equalTo(false))
                .body("config_entry.state", equalTo("loaded"));

        assertThat(fake.setUps).hasValue(2);
        assertThat(world.column("select due_at from config_entry where id = ?", id))
                .containsOnlyNulls();
    }

    @Test
    void whoCannotBeTakenDownNeedsARestartForItsPreferences() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.supportsUnload = false;

        update(id, "{\"pref_disable_polling\":true}").statusCode(200).body("require_restart", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junk",
                "[]",
                "{\"title\":null}",
                "{\"title\":\"\"}",
                "{\"title\":7}",
                "{\"title\":\"\\u0000\"}",
                "{\"pref_disable_polling\":\"yes\"}",
                "{\"unique_id\":\"mine\"}",
                "{\"state\":\"loaded\"}"
            })
    void whatCannotBeChangedIsRefused(String body) {
        String id = world.createIn(EntryState.LOADED, fake);
        List<String> before = world.events(id);

        update(id, body).statusCode(400);

        assertThat(world.events(id)).isEqualTo(before);
    }
}
