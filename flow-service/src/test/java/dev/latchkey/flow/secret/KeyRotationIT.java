package dev.latchkey.flow.secret;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.latchkey.flow.FakeIntegration;
import dev.latchkey.flow.FakeIntegrations;
import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.flow.entry.EntryState;
import dev.latchkey.flow.form.DataJson;
import dev.latchkey.flow.form.Secret;
import dev.latchkey.platform.secret.KeyRing;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A new key takes over from an old one (decision F9). */
@FlowServiceTest
@TestProfile(KeyRotationIT.TwoKeys.class)
class KeyRotationIT {

    private static final String OLD = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String NEW = "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldy0=";

    /** The new key before the old one. */
    public static class TwoKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("latchkey.flow.keys", NEW + "," + OLD);
        }
    }

    @Inject
    World world;

    @AfterEach
    void clear() {
        world.clear();
    }

    @Inject
    FakeIntegrations integrations;

    @TestHTTPResource(value = "/latchkey/re-encrypt", management = true)
    URI reencrypt;

    @Test
    void whatTheOldKeyEncryptedIsReadAndThenEncryptedByTheNewOne() {
        FakeIntegration fake = integrations.make();
        KeyRing old = KeyRing.of(List.of(OLD));
        for (int i = 0; i < 250; i++) {
            String id = world.create(fake, "Device");
            underOldKey(id, old);
        }
        String one = world.createIn(EntryState.LOADED, fake);
        underOldKey(one, old);
        assertThat(world.entry(one).data().secret("api_token").reveal()).isEqualTo("0ld-s3cr3t");

        given().post(reencrypt)
                .then()
                .statusCode(200)
                .body("reencrypted", equalTo(251))
                .body("remaining", equalTo(0));

        assertThat(world.entry(one).data().secret("api_token").reveal()).isEqualTo("0ld-s3cr3t");
        KeyRing onlyNew = KeyRing.of(List.of(NEW));
        List<String> sealed = world.column("select sealed from config_entry");
        assertThat(sealed).hasSize(251).allMatch(text -> onlyNew.decrypt(text).contains("0ld-s3cr3t"));
        given().post(reencrypt).then().body("reencrypted", equalTo(0));
    }

    @Test
    void whatCannotBeDecryptedKeepsNothingElseFromTheNewKey() {
        FakeIntegration fake = integrations.make();
        KeyRing old = KeyRing.of(List.of(OLD));
        String lost = world.create(fake, "Lost");
        String other = world.create(fake, "Other");
        underOldKey(lost, old);
        underOldKey(other, old);
        world.execute("update config_entry set sealed = 'x' || sealed where id = '" + lost + "'");

        given().post(reencrypt)
                .then()
                .statusCode(200)
                .body("reencrypted", equalTo(1))
                .body("remaining", equalTo(1));

        assertThat(world.entry(other).data().secret("api_token").reveal()).isEqualTo("0ld-s3cr3t");
    }

    @Test
    void noOneCanStartItOnThePublicPort() {
        given().post("/q/latchkey/re-encrypt").then().statusCode(404);
        given().post("/latchkey/re-encrypt").then().statusCode(404);
    }

    private void underOldKey(String id, KeyRing old) {
        world.settles(id);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("entry_id", id);
        content.put("data", Map.of("api_token", Secret.of("0ld-s3cr3t")));
        content.put("options", Map.of());
        world.execute("update config_entry set sealed = '" + old.encrypt(DataJson.write(content)) + "', key_id = '"
                + old.currentId() + "' where id = '" + id + "'");
    }
}
