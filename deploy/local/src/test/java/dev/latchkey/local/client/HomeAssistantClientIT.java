package dev.latchkey.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import com.microsoft.playwright.Page;
import dev.latchkey.local.LocalRun;
import dev.latchkey.local.client.Browser.Tab;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** home-assistant-js-websocket, unmodified, in the browser and under Node. */
@Tag("platform")
@Timeout(120)
@ExtendWith(SharedPlatform.class)
class HomeAssistantClientIT {
    private final Api api;
    private final Browser browser;
    private final AppSite site;

    HomeAssistantClientIT(Api api, Browser browser, AppSite site) {
        this.api = api;
        this.browser = browser;
        this.site = site;
    }

    @Test
    void anAppInTheBrowserSignsItsVisitorIn() {
        try (var tab = signedIn()) {
            var page = tab.page();
            assertThat(page.url()).startsWith(site.origin() + "/?hassUrl=").contains("storeToken=true", "iss=");
            assertThat(page.evaluate("auth.data"))
                    .asInstanceOf(MAP)
                    .containsEntry("token_type", "Bearer")
                    .containsEntry("expires_in", 1800)
                    .containsEntry("hassUrl", api.url())
                    .containsEntry("clientId", site.origin() + "/")
                    .containsKeys("access_token", "refresh_token");
            tab.assertNoComplaints();
        }
    }

    @Test
    void theAppWorksOverTheSocketAsThePersonWhoSignedIn() {
        try (var tab = connected()) {
            var page = tab.page();
            assertThat(page.evaluate("haws.getUser(connection)"))
                    .asInstanceOf(MAP)
                    .containsEntry("name", "Ada")
                    .containsEntry("is_owner", true)
                    .containsEntry("is_admin", true);
            page.evaluate("connection.ping()");

            var token = page.evaluate("""
                    connection.sendMessagePromise({
                      type: "auth/long_lived_access_token", lifespan: 365, client_name: "From the browser", client_icon: null
                    })""");
            assertThat(token).asString().matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

            page.evaluate("connection.sendMessagePromise({type: 'auth/refresh_tokens'})"
                    + ".then(grants => { window.grants = grants; })");
            assertThat(page.evaluate("grants.some(grant => grant.client_name === 'From the browser')"))
                    .isEqualTo(true);
            assertThat(page.evaluate("grants.filter(grant => grant.is_current).map(grant => grant.client_id)"))
                    .isEqualTo(List.of(site.origin() + "/"));
            tab.assertNoComplaints();
        }
    }

    @Test
    void theAppRefreshesItsAccessToken() {
        try (var tab = connected()) {
            var page = tab.page();
            var before = (String) page.evaluate("auth.accessToken");
            var after = (String) page.evaluate("auth.refreshAccessToken().then(() => auth.accessToken)");

            assertThat(after).isNotEqualTo(before);
            assertThat(page.evaluate("haws.createConnection({auth}).then(haws.getUser).then(user => user.name)"))
                    .isEqualTo("Ada");
            tab.assertNoComplaints();
        }
    }

    @Test
    void revokingEndsTheSocketAndEveryTokenOfTheApp() throws Exception {
        try (var tab = connected()) {
            var page = tab.page();
            page.evaluate("() => { window.refused = new Promise(resolve =>"
                    + " connection.addEventListener('reconnect-error', (_, error) => resolve(error))); }");
            page.evaluate("auth.revoke()");

            assertThat(page.evaluate("Promise.all([refused, haws.ERR_INVALID_AUTH])"))
                    .isEqualTo(List.of(2, 2));
            assertThat(page.evaluate("haws.createConnection({auth}).catch(error => error)"))
                    .isEqualTo(2);
            assertThat(page.evaluate("auth.refreshAccessToken().catch(error => error)"))
                    .isEqualTo(2);
            assertThat(api.get("/api/", (String) page.evaluate("auth.accessToken"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void anAppThatIsRefusedIsTold() {
        try (var tab = browser.open()) {
            var page = visit(tab);
            new SignInPage(page).signIn().refuse();
            page.waitForSelector("body[data-state=access_denied]");

            assertThat(page.url()).startsWith(site.origin() + "/?hassUrl=").contains("error=access_denied", "state=");
            tab.assertNoComplaints();
        }
    }

    @Test
    void aScriptUnderNodeLivesThroughARestartAndEndsWithItsToken(LocalRun run) throws Exception {
        try (var program =
                NodeProgram.start("home-assistant.mjs", api.url(), api.signIn().access())) {
            var connected = program.expect("connected");
            assertThat(connected.getString("user")).isEqualTo("Ada");
            assertThat(api.get("/api/", connected.getString("token")).status()).isEqualTo(200);

            run.kill("auth-service");
            program.expect("disconnected");
            program.expect("ready");

            program.goOn("revoke");
            program.expect("refused");
            program.expectEnd();
            assertThat(api.get("/api/", connected.getString("token")).status()).isEqualTo(401);
        }
    }

    private Tab connected() {
        var tab = signedIn();
        tab.page().evaluate("haws.createConnection({auth}).then(connection => { window.connection = connection; })");
        return tab;
    }

    private Tab signedIn() {
        var tab = browser.open();
        var page = visit(tab);
        new SignInPage(page).keepSignedIn(true).signIn().allow();
        page.waitForSelector("body[data-state=signed-in]");
        return tab;
    }

    /** Opens the app, which sends its visitor to the platform. */
    private Page visit(Tab tab) {
        var page = tab.page();
        page.navigate(site.origin() + "/?hassUrl=" + URLEncoder.encode(api.url(), StandardCharsets.UTF_8));
        page.waitForURL(api.url() + "/auth/authorize**");
        return page;
    }
}
