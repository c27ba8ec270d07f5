package dev.latchkey.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.latchkey.local.client.Browser.Tab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** OAuth libraries that know only the standards, as apps on a desktop that nobody registered. */
@Tag("platform")
@Timeout(120)
@ExtendWith(SharedPlatform.class)
class PublicOAuthClientIT {
    private final String clientId;

    PublicOAuthClientIT(AppSite site) {
        clientId = site.origin() + "/client.json";
        // Published without a port, so that any port will do: RFC 8252 section 7.3.
        var metadata = new JsonObject()
                .put("client_id", clientId)
                .put("client_name", "A desktop app")
                .put("redirect_uris", new JsonArray().add("http://127.0.0.1/callback"))
                .put("token_endpoint_auth_method", "none");
        site.put("/client.json", metadata.encode());
    }

    @Test
    void aLibraryThatKnowsOnlyTheIssuerSignsInCallsRefreshesAndRevokes(Api api, Browser browser) throws Exception {
        try (var program = NodeProgram.start("openid-client.mjs", api.url(), clientId);
                var tab = browser.open()) {
            authorize(tab, program.expect("authorize").getString("url"));

            program.expect("called");
            program.expect("refreshed");
            program.expect("revoked");
            program.expectEnd();
        }
    }

    @Test
    void aLibraryThatKnowsOnlyAnAddressThatRefusedItFindsEverythingElse(Api api, Browser browser) throws Exception {
        try (var program = NodeProgram.start("mcp-client.mjs", api.url(), clientId);
                var tab = browser.open()) {
            assertThat(program.expect("refused").getString("metadata"))
                    .isEqualTo(api.url() + "/.well-known/oauth-protected-resource");
            authorize(tab, program.expect("authorize").getString("url"));

            program.expect("called");
            program.expect("refreshed");
            program.expectEnd();
        }
    }

    private static void authorize(Tab tab, String url) {
        var page = tab.page();
        page.navigate(url);
        assertThat(page.content()).contains("A desktop app");
        new SignInPage(page).signIn().allow();
        PlaywrightAssertions.assertThat(page).hasTitle("Back in the app");
        tab.assertNoComplaints();
    }
}
