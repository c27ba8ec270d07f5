package dev.latchkey.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.local.client.Browser.Tab;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages on which a person signs in and consents, in a real browser. */
@Tag("platform")
@Timeout(120)
@ExtendWith(SharedPlatform.class)
class AuthorizePagesIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final int PHONE_WIDTH = 375;

    private final Api api;
    private final Browser browser;
    private final AppSite site;

    AuthorizePagesIT(Api api, Browser browser, AppSite site) {
        this.api = api;
        this.browser = browser;
        this.site = site;
    }

    @Test
    void signingInNeedsNoJavaScript() {
        try (var tab = browser.open(options -> options.setJavaScriptEnabled(false))) {
            var page = authorize(tab, site.origin() + "/?back=1");
            new SignInPage(page).signIn().allow();
            page.waitForURL(url -> url.startsWith(site.origin() + "/?back=1&code="));
        }
    }

    @Test
    void signingInNeedsNoMouse() {
        try (var tab = browser.open()) {
            var page = authorize(tab, site.origin() + "/?back=1");
            var keyboard = page.keyboard();
            focus(page, "username");
            keyboard.type(Api.USERNAME);
            keyboard.press("Tab");
            keyboard.type(Api.PASSWORD);
            keyboard.press("Enter");
            page.waitForSelector("button[value=allow]");
            focus(page, "allow");
            keyboard.press("Enter");
            page.waitForSelector("body[data-state=here]");

            assertThat(page.url()).startsWith(site.origin() + "/?back=1&code=");
            tab.assertNoComplaints();
        }
    }

    @Test
    void aWrongPasswordIsSaidAndTheNameIsKept() {
        try (var tab = browser.open()) {
            var page = authorize(tab, site.origin() + "/");
            new SignInPage(page).signIn("wrong horse");

            assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("wrong");
            assertThat(page.getByLabel("Username").inputValue()).isEqualTo(Api.USERNAME);
            assertThat(page.getByLabel("Password").inputValue()).isEmpty();
        }
    }

    @Test
    void anAppOnThePhoneIsReachedByItsOwnScheme() {
        site.put("/phone", "<!doctype html><link rel=redirect_uri href='hass://auth'><title>Phone</title>");
        try (var tab = browser.open()) {
            var page = tab.page();
            var opened = new ArrayList<String>();
            page.onRequest(request -> opened.add(request.url()));
            page.navigate(authorizeUrl(site.origin() + "/phone", "hass://auth"));
            new SignInPage(page).signIn();
            page.waitForSelector("button[value=allow]");
            var answer = page.waitForResponse("**/auth/authorize", () -> new SignInPage(page).allow());

            // Nothing here opens such addresses; what counts is that the browser was not kept from trying.
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.headerValue("location")).startsWith("hass://auth?code=");
            page.waitForTimeout(500);
            assertThat(tab.complaints()).noneMatch(complaint -> complaint.contains("Content Security Policy"));
        }
    }

    @Test
    void anAppThatIsNotWhatItSaysIsSentNowhere() {
        try (var tab = browser.open()) {
            var page = authorize(tab, "https://elsewhere.example/");

            assertThat(page.url()).startsWith(api.url());
            assertThat(page.locator("form").count()).isZero();
            assertThat(page.textContent("h1")).isEqualTo("This app cannot sign you in");
        }
    }

    @ParameterizedTest
    @CsvSource({"en-GB,LIGHT,1280", "en-GB,DARK,375", "zh-CN,LIGHT,375", "zh-CN,DARK,1280"})
    void everybodyCanReadThePages(String locale, ColorScheme scheme, int width) throws Exception {
        var name = locale.substring(0, 2) + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        // The policy of the pages would keep the inspector out, as it keeps out every script.
        try (var tab = browser.open(options -> reader(options, locale, scheme, width))) {
            var page = authorize(tab, site.origin() + "/");
            assertThat(page.getAttribute("html", "lang")).startsWith(locale.substring(0, 2));
            inspect(page, name + "-1-sign-in");

            page.fill("#username", Api.USERNAME);
            page.fill("#password", "wrong horse");
            page.click("button[value=sign_in]");
            page.waitForSelector("[role=alert]");
            inspect(page, name + "-2-wrong-password");

            page.fill("#password", Api.PASSWORD);
            page.click("button[value=sign_in]");
            page.waitForSelector("button[value=allow]");
            inspect(page, name + "-3-consent");

            inspect(authorize(tab, "https://elsewhere.example/"), name + "-4-error");
            page.navigate(api.url() + "/");
            inspect(page, name + "-5-welcome");

            page.click("a[href='/auth/change-password']");
            page.waitForSelector("#new_password");
            inspect(page, name + "-6-change-password");
            page.fill("#username", Api.USERNAME);
            page.fill("#current_password", "wrong horse");
            page.fill("#new_password", "battery staple");
            page.fill("#new_password_again", "battery staple");
            page.click("button");
            page.waitForSelector("[role=alert]");
            inspect(page, name + "-7-wrong-current-password");
        }
    }

    private static void reader(NewContextOptions options, String locale, ColorScheme scheme, int width) {
        options.setLocale(locale).setColorScheme(scheme).setBypassCSP(true);
        options.setViewportSize(width, width == PHONE_WIDTH ? 740 : 800);
    }

    /** Takes a picture, and holds the page to WCAG 2.2 level AA as far as a program can. */
    private static void inspect(Page page, String name) throws Exception {
        page.screenshot(new ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
        page.evaluate(NodeProgram.packaged("axe-core/axe.min.js"));
        var violations = page.evaluate("""
                axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(found =>
                  found.violations
                    .filter(violation => ["serious", "critical"].includes(violation.impact))
                    .map(violation => violation.help + ": " + violation.nodes.map(node => node.html).join(" ")))""");
        assertThat((List<?>) violations).as(name).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("%s needs no scrolling to the side", name)
                .isEqualTo(true);
    }

    private static void focus(Page page, String what) {
        for (var presses = 0; presses < 10; presses++) {
            if (page.evaluate("[document.activeElement.name, document.activeElement.value]") instanceof List<?> focused
                    && focused.contains(what)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("The Tab key does not lead to " + what);
    }

    private Page authorize(Tab tab, String redirectUri) {
        tab.page().navigate(authorizeUrl(site.origin() + "/", redirectUri));
        return tab.page();
    }

    private String authorizeUrl(String clientId, String redirectUri) {
        var query = new ArrayList<String>();
        Map.of("response_type", "code", "client_id", clientId, "redirect_uri", redirectUri, "state", "xyz")
                .forEach((name, value) -> query.add(name + "=" + URLEncoder.encode(value, UTF_8)));
        return api.url() + "/auth/authorize?" + String.join("&", query);
    }
}
