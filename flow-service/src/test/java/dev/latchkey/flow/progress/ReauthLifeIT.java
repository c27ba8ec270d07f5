package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.entry.AuthenticationRefused;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a re-authentication lives, and what ends it (decisions F1 and F7). */
@FlowServiceTest
class ReauthLifeIT extends ReauthTesting {

    @Test
    void aReauthenticationLivesAsLongAsItsEntryIsBroken() {
        String flow = tokenDies();

        clock.advance(Duration.ofDays(400));
        removal.expired();

        Flows.read(flow).then().statusCode(200);
    }

    @Test
    void aReauthenticationOfAnEntryThatWorksEndsWhenNobodyGoesOn() {
        String flow = admin().post(Flows.BASE + "/entry/" + entry + "/reauth").path("flow_id");

        clock.advance(Duration.ofHours(2));

        Flows.read(flow).then().statusCode(404);
    }

    @Test
    void aReauthenticationThatWasStartedBeforeTheRefusalLivesOn() {
        String flow = admin().post(Flows.BASE + "/entry/" + entry + "/reauth").path("flow_id");
        FakeAccounts.revoke(HOST, "old");
        admin().post(Flows.BASE + "/entry/" + entry + "/reload").then().statusCode(200);

        clock.advance(Duration.ofDays(400));

        Flows.read(flow).then().statusCode(200);
    }

    @Test
    void anEntryThatWorksAgainByItselfNeedsNoReauthentication() {
        String flow = tokenDies();
        FakeAccounts.account(HOST, "old", "user-1");

        admin().post(Flows.BASE + "/entry/" + entry + "/reload").then().statusCode(200);

        await().untilAsserted(() -> assertThat(Flows.open("t_auth")).isEmpty());
        Flows.read(flow).then().statusCode(404);
    }

    @Test
    void endingAReauthenticationLeavesTheEntryBrokenAndTheNextRefusalStartsAnother() {
        Flows.end(tokenDies());

        assertThat(Flows.entries("t_auth"))
                .singleElement()
                .satisfies(json -> assertThat(json).containsEntry("state", "setup_error"));
        refused.fire(new AuthenticationRefused(entry, "refused"));
        assertThat(Flows.open("t_auth")).hasSize(1);
    }

    @Test
    void removingAnEntryEndsAllItsFlows() {
        String reauth = tokenDies();
        String reconfigure = Flows.reconfigure("t_auth", entry).path("flow_id");

        admin().delete(Flows.BASE + "/entry/" + entry).then().statusCode(200);

        Flows.read(reauth).then().statusCode(404);
        Flows.submit(reconfigure, "{}").then().statusCode(404);
    }
}
