package dev.latchkey.flow.setup;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.flow.Bearers.as;
import static dev.latchkey.flow.World.ENTRIES;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.latchkey.flow.AdjustableClock;
import dev.latchkey.flow.Bearers;
import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.configflow.SetUpOutcome.AuthenticationFailed;
import dev.latchkey.flow.configflow.SetUpOutcome.ConfigurationError;
import dev.latchkey.flow.configflow.SetUpOutcome.Loaded;
import dev.latchkey.flow.configflow.SetUpOutcome.NotReady;
import dev.latchkey.flow.entry.Entries;
import dev.latchkey.flow.entry.EntryState;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removing, reloading, changing and disabling entries ({@code spec/flows.md} 1.1 R2 and R3, 1.2 W3 and W4, 5.5). */
@FlowServiceTest
class EntryControlIT {

    @Inject
    World world;

    @Inject
    FakeIntegrations integrations;

    @Inject
    Entries entries;

    @Inject
    AdjustableClock clock;

    private FakeIntegration fake;

    @BeforeEach
    void makeIntegration() {
        fake = integrations.make();
    }

    @AfterEach
    void clear() {
        clock.reset();
        world.clear();
    }

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

    @Test
    void anEntryIsReloadedByTakingItDownAndSettingItUp() {
        String id = world.createIn(EntryState.LOADED, fake);

        reload(id).statusCode(200).body("require_restart", equalTo(false));

        assertThat(fake.unloads).hasValue(1);
        assertThat(fake.setUps).hasValue(2);
        assertThat(world.statesTold(id))
                .containsExactly("setup_in_progress", "loaded", "unload_in_progress", "setup_in_progress", "loaded");
        assertThat(world.events(id)).endsWith("reloaded");
        assertThat(world.column("select user_id from entry_history where entry_id = ? and action = 'reloaded'", id))
                .containsExactly("id-of-system-admin");
    }

    @Test
    void anEntryThatCannotBeTakenDownIsNotReloadedAgain() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.supportsUnload = false;

        reload(id).statusCode(200).body("require_restart", equalTo(true));
        assertThat(world.entry(id).state()).isEqualTo(EntryState.FAILED_UNLOAD);
        assertThat(world.entry(id).reason()).isEqualTo("Unload not supported");
        reload(id).statusCode(403).body("message", equalTo("Entry cannot be reloaded"));
        remove(id).statusCode(200).body("require_restart", equalTo(true));
    }

    @Test
    void whatGoesWrongWhileAnEntryIsTakenDownIsSaid() {
        String id = world.createIn(EntryState.LOADED, fake);
        fake.unload = entry -> {
            throw new IllegalStateException("stuck with s3cr3t-t0k3n");
        };

        reload(id).statusCode(200).body("require_restart", equalTo(true));

        assertThat(world.entry(id).reason()).isEqualTo("stuck with ********");
    }

    @Test
    void anEntryThatWaitsForItsNextTryIsReloadedAtOnce() {
        clock.stop();
        fake.answers(new NotReady("offline"));
        String id = world.createIn(EntryState.SETUP_RETRY, fake);
        fake.answers(new Loaded());

        reload(id).statusCode(200).body("require_restart", equalTo(false));

        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
        assertThat(fake.unloads).hasValue(0);
        clock.advance(Duration.ofMinutes(30));
        await().during(Duration.ofMillis(600)).until(() -> fake.setUps.get() == 2);
    }

    @Test
    void anEntryInErrorIsSetUpByAReload() {
        fake.answers(new ConfigurationError("wrong"));
        String id = world.createIn(EntryState.SETUP_ERROR, fake);
        fake.answers(new Loaded());

        reload(id).statusCode(200);

        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
        assertThat(fake.unloads).hasValue(0);
    }

    @Test
    void reloadsAtOnceNeverOverlap() {
        String id = world.createIn(EntryState.LOADED, fake);

        List<Thread> threads = new ArrayList<>();
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 15; i++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> statuses.add(reload(id).extract().statusCode())));
        }
        join(threads);

        assertThat(statuses).hasSize(15).containsOnly(200);
        assertThat(fake.mostRunning).hasValue(1);
        assertThat(fake.setUps.get() - fake.unloads.get()).isEqualTo(1);
        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
    }

    @Test
    void aReloadDuringTheFirstSetUpWaitsForIt() {
        CountDownLatch go = new CountDownLatch(1);
        fake.setUp = entry -> {
            go.await();
            return new Loaded();
        };
        String id = world.create(fake, "Device");
        await().until(() -> fake.running.get() == 1);

        Thread reload = Thread.ofVirtual().start(() -> reload(id).statusCode(200));
        await().during(Duration.ofMillis(300)).until(() -> fake.setUps.get() == 1);
        go.countDown();
        join(List.of(reload));

        assertThat(fake.setUps).hasValue(2);
        assertThat(fake.mostRunning).hasValue(1);
    }

    @Test
    void credentialsThatWereRepairedElsewhereAreNoticedByAReload() {
        fake.answers(new AuthenticationFailed("revoked"));
        String id = world.createIn(EntryState.SETUP_ERROR, fake);
        reload(id).statusCode(200).body("require_restart", equalTo(false));
        assertThat(world.events(id)).doesNotContain("reauth_done");

        fake.answers(new Loaded());
        reload(id).statusCode(200);

        assertThat(world.entry(id).state()).isEqualTo(EntryState.LOADED);
        assertThat(world.events(id)).containsOnlyOnce("reauth_required").contains("reauth_done");
    }

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

    private static ValidatableResponse remove(String id) {
        return admin().delete(ENTRIES + id).then();
    }

    private static ValidatableResponse reload(String id) {
        return admin().post(ENTRIES + id + "/reload").then();
    }

    private static ValidatableResponse disable(String id, String by) {
        return admin().body("{\"disabled_by\":" + by + "}")
                .post(ENTRIES + id + "/disable")
                .then();
    }

    private static ValidatableResponse update(String id, String body) {
        return admin().body(body).post(ENTRIES + id + "/update").then();
    }

    private static void join(List<Thread> threads) {
        threads.forEach(thread -> {
            try {
                thread.join(Duration.ofSeconds(60));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
