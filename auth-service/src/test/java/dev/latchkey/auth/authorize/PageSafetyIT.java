package dev.latchkey.auth.authorize;

import static dev.latchkey.auth.People.CLIENT_ID;
import static dev.latchkey.auth.People.REDIRECT_URI;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.AuthServiceTest;
import dev.latchkey.auth.People;
import dev.latchkey.auth.People.Person;
import dev.latchkey.auth.user.UserChange;
import dev.latchkey.auth.user.UserService;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every page, those that say what went wrong included, is safe against frames, caches and what strangers write. */
@AuthServiceTest
class PageSafetyIT {

    private static final String HOSTILE = "\"'><script>alert(1)</script>{page:error}<img src=x onerror=alert(1)>";

    @Inject
    People people;

    @Inject
    UserService users;

    @Inject
    Pages pages;

    private Person person;

    @BeforeEach
    void somebody() {
        person = people.someone("system-users");
    }

    @Test
    void everyPageKeepsOutOfFramesAndCaches() {
        safe(given().get("/"));
        safe(new AuthorizeFlow().get().response());
        safe(new AuthorizeFlow().open().response());
        safe(new AuthorizeFlow().open().signIn("nobody", "wrong").response());
        safe(new AuthorizeFlow().open().submit("cancel").response());
        safe(new AuthorizeFlow().submitNothing().response());
        AuthorizeFlow flow = new AuthorizeFlow().open().signIn(person.username(), person.password());
        safe(flow.response());
        safe(flow.submit("allow").response());
        safe(new AuthorizeFlow()
                .open()
                .header("Sec-Fetch-Site", "cross-site")
                .submit("cancel")
                .response());
        safe(given().head(AuthorizeFlow.PATH));
        safe(given().put(AuthorizeFlow.PATH));
        safe(given().contentType("application/json").body("{}").post(AuthorizeFlow.PATH));
        for (String path :
                new String[] {"/auth/authorize/", "//auth/authorize", "/auth/authorize;x=1", "/%61uth/authorize"}) {
            safe(given().urlEncodingEnabled(false).get(path));
        }
        safe(given().formParam("flow", "x".repeat(20_000)).post(AuthorizeFlow.PATH));
        safe(given().get("/auth/change-password"));
        safe(given().formParam("token", "x").post("/auth/change-password"));
        safe(given().contentType("application/json").body("{}").post("/auth/change-password"));
        safe(given().put("/auth/change-password"));
    }

    @Test
    void onlyTheConsentPageMayLeadToTheApp() {
        AuthorizeFlow flow = new AuthorizeFlow().open();
        assertThat(flow.response().header("Content-Security-Policy")).endsWith("form-action 'self'");
        flow.signIn(person.username(), person.password());
        assertThat(flow.response().header("Content-Security-Policy"))
                .endsWith("form-action 'self' https://app.example https:");
    }

    @Test
    void otherMethodsAreRefused() {
        assertThat(given().head(AuthorizeFlow.PATH).statusCode()).isEqualTo(405);
        assertThat(given().put(AuthorizeFlow.PATH).statusCode()).isEqualTo(405);
        assertThat(given().delete(AuthorizeFlow.PATH).statusCode()).isEqualTo(405);
    }

    @Test
    void noPageOfAnotherOriginMayReadThem() {
        for (String path : new String[] {AuthorizeFlow.PATH, ChangePasswordResource.PATH}) {
            String listed = "https://cast.home-assistant.io";
            assertThat(given().header("Origin", listed).get(path).header("Access-Control-Allow-Origin"))
                    .isNull();
            Response preflight = given().header("Origin", listed)
                    .header("Access-Control-Request-Method", "POST")
                    .options(path);
            assertThat(preflight.statusCode()).isEqualTo(403);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
        }
    }

    @Test
    void everyOtherAnswerMayBeFramedByUsOnly() {
        for (String path : new String[] {"/auth/providers", "/.well-known/oauth-authorization-server", "/nowhere"}) {
            Response answer = given().get(path);
            assertThat(answer.headers().getValues("X-Frame-Options")).containsExactly("SAMEORIGIN");
            assertThat(answer.headers().getValues("X-Content-Type-Options")).containsExactly("nosniff");
        }
    }

    @Test
    void stylesAndPicturesAreOursAndCanBeKept() {
        Document page = new AuthorizeFlow().open().page();
        String style = page.select("link[rel=stylesheet]").attr("href");
        String logo = page.select("header img").attr("src");

        assertThat(given().get(style).contentType()).startsWith("text/css");
        assertThat(given().get(logo).contentType()).startsWith("image/svg+xml");
        assertThat(given().get(style).header("Cache-Control")).contains("max-age");
        assertThat(given().get(style).headers().getValues("X-Frame-Options")).containsExactly("DENY");
    }

    @Test
    void theFrontPageSaysWhereTheMetadataIs() {
        Response answer = given().get("/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Link"))
                .isEqualTo("</.well-known/oauth-authorization-server>; rel=\"indieauth-metadata\"");
        assertThat(answer.asString()).contains("Latchkey runs here");
        assertThat(given().head("/").header("Link")).isNotNull();
        assertThat(given().header("Accept-Language", "zh").get("/").asString()).contains("这里运行着 Latchkey");
    }

    @Test
    void whatARequestSaysIsTextAndNothingElse() {
        harmless(new AuthorizeFlow().get("client_id", HOSTILE, "redirect_uri", REDIRECT_URI));
        harmless(new AuthorizeFlow().get("client_id", CLIENT_ID, "redirect_uri", "hass://" + HOSTILE));
        AuthorizeFlow flow = new AuthorizeFlow().open("state", HOSTILE).signIn(HOSTILE, "wrong");
        harmless(flow);
        assertThat(flow.page().selectFirst("#username").attr("value")).isEqualTo(HOSTILE);
        harmless(flow.submit("cancel"));
        AuthorizeFlow path =
                new AuthorizeFlow().get("client_id", "https://app.example/\"><script>", "redirect_uri", REDIRECT_URI);
        assertThat(path.status()).isEqualTo(200);
        assertThat(path.page().select("script")).isEmpty();
    }

    @Test
    void aUsersNameIsTextAndNothingElse() {
        users.update(person.id(), new UserChange(HOSTILE, null, null, null));
        AuthorizeFlow flow = new AuthorizeFlow().open().signIn(person.username(), person.password());
        harmless(flow);
        assertThat(flow.text()).contains("Signed in as " + HOSTILE);
    }

    @Test
    void anAppsNameIsTextAndItsOwnClaim() {
        AppView app =
                new AppView("xn--pple-43d.example", "https://xn--pple-43d.example/", HOSTILE, "hass://" + HOSTILE);
        for (Language language : Language.values()) {
            Pages.SignIn page = new Pages.SignIn(app, "0", "", false, null, false, pages.frame(language));
            String html = (String) pages.answer(200, page, language).build().getEntity();
            Document document = Jsoup.parse(html);
            assertThat(document.select("script, img:not([src^=/auth/static/])")).isEmpty();
            assertThat(document.select(".claim").text()).contains(HOSTILE);
            assertThat(document.select(".host bdi[dir=ltr]").text()).isEqualTo("xn--pple-43d.example");
            assertThat(document.select(".warning .target bdi[dir=ltr]").text()).isEqualTo("hass://" + HOSTILE);
        }
    }

    private static void harmless(AuthorizeFlow flow) {
        assertThat(flow.page().select("script, img:not([src^=/auth/static/]), [onerror]"))
                .isEmpty();
    }

    private static void safe(Response answer) {
        assertThat(answer.headers().getValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(answer.headers().getValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(answer.headers().getValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().getValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().getValues("Vary")).containsExactly("Accept-Language");
        assertThat(answer.headers().getValues("Content-Security-Policy"))
                .hasSize(1)
                .allSatisfy(policy -> assertThat(policy)
                        .contains(
                                "default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                        .doesNotContain("unsafe", "*"));
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    }
}
