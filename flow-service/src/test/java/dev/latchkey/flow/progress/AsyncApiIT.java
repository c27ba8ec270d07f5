package dev.latchkey.flow.progress;

import static dev.latchkey.flow.Bearers.admin;
import static dev.latchkey.testing.AsyncApiDocument.documentable;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.flow.FlowServiceTest;
import dev.latchkey.flow.World;
import dev.latchkey.platform.event.TopicSettings;
import dev.latchkey.platform.outbox.Publication;
import dev.latchkey.testing.AsyncApiDocument;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds docs/asyncapi.yaml against what is really told of entries and flows. */
@FlowServiceTest
class AsyncApiIT {

    private static final String HOST = "asyncapi.example";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    World world;

    @Inject
    Publication publication;

    private final AsyncApiDocument document = AsyncApiDocument.read();

    @AfterEach
    void clear() {
        Flows.clear();
        FakeAccounts.goAway(HOST);
    }

    @Test
    void whatIsToldIsWhatTheDocumentSays() {
        String topic = publication.topics().getFirst().name();
        world.clear();

        tellEverything();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.column("select distinct type from outbox"))
                        .containsExactlyInAnyOrderElementsOf(document.types(topic)));
        List<String> types = world.column("select type from outbox order by sequence");
        List<String> payloads = world.column("select payload::text from outbox order by sequence");
        assertThat(payloads).hasSameSizeAs(types);
        for (int i = 0; i < types.size(); i++) {
            assertThat(document.violationsOfPayload(topic, types.get(i), payloads.get(i)))
                    .as(types.get(i) + " " + payloads.get(i))
                    .isEmpty();
        }
    }

    /** A life in which everything happens that is told. */
    private void tellEverything() {
        FakeAccounts.account(HOST, "old", "user-1");
        String entry = Flows.submit(Flows.started("t_auth"), Map.of("host", HOST, "api_token", "old"))
                .path("result.entry_id");
        admin().body(Map.of("title", "New")).post(one(entry) + "/update").then().statusCode(200);
        FakeAccounts.revoke(HOST, "old");
        admin().post(one(entry) + "/reload").then().statusCode(200);
        await().atMost(PATIENCE).until(() -> !Flows.open("t_auth").isEmpty());
        FakeAccounts.account(HOST, "new", "user-1");
        Flows.submit((String) Flows.open("t_auth").getFirst().get("flow_id"), Map.of("api_token", "new"))
                .then()
                .statusCode(200);
        await().atMost(PATIENCE).until(() -> world.events(entry).contains("reauth_done"));
        admin().delete(one(entry)).then().statusCode(200);
        Response outside = Flows.start("t_ext");
        String state = outside.<String>path("url").replaceAll(".*state=", "");
        given().get(ExternalCallbackResource.PATH + "?state=" + state + "&code=c0de")
                .then()
                .statusCode(200);
    }

    @Test
    void theTopicIsMadeAsTheDocumentSays() {
        TopicSettings topic = publication.topics().getFirst();

        assertThat(document.partitions(topic.name())).isEqualTo(topic.partitions());
        assertThat(document.settings(topic.name())).isEqualTo(documentable(topic.configuration()));
    }

    private static String one(String entryId) {
        return Flows.BASE + "/entry/" + entryId;
    }
}
