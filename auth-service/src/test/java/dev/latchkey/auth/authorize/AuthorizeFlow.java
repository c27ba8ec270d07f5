package dev.latchkey.auth.authorize;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.auth.People;
import io.restassured.http.Cookie;
import io.restassured.http.Cookies;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A browser, as far as the pages need one: it keeps cookies and submits forms as they stand in the page. */
final class AuthorizeFlow {

    static final String PATH = "/auth/authorize";

    private final Map<String, Cookie> cookies = new TreeMap<>();
    private final Map<String, String> headers = new TreeMap<>();
    private Response last;

    AuthorizeFlow header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Opens the page for the app of the tests. */
    AuthorizeFlow open(String... morePairs) {
        List<String> pairs =
                new ArrayList<>(List.of("client_id", People.CLIENT_ID, "redirect_uri", People.REDIRECT_URI));
        pairs.addAll(List.of(morePairs));
        return get(pairs.toArray(String[]::new));
    }

    /** Opens the page with exactly these parameters. */
    AuthorizeFlow get(String... pairs) {
        RequestSpecification request = request();
        for (int i = 0; i < pairs.length; i += 2) {
            request.queryParam(pairs[i], pairs[i + 1]);
        }
        return keep(request.get(PATH));
    }

    AuthorizeFlow signIn(String username, String password) {
        return submit("sign_in", "username", username, "password", password);
    }

    /** Presses a button of the form in the page, with more fields filled in. */
    AuthorizeFlow submit(String action, String... morePairs) {
        RequestSpecification request = request();
        page().select("form input[type=hidden]")
                .forEach(field -> request.formParam(field.attr("name"), field.attr("value")));
        request.formParam("action", action);
        for (int i = 0; i < morePairs.length; i += 2) {
            request.formParam(morePairs[i], morePairs[i + 1]);
        }
        return keep(request.post(PATH));
    }

    /** Posts an empty form. */
    AuthorizeFlow submitNothing() {
        return keep(request().contentType("application/x-www-form-urlencoded").post(PATH));
    }

    Response response() {
        return last;
    }

    int status() {
        return last.statusCode();
    }

    Document page() {
        return Jsoup.parse(last.asString());
    }

    String text() {
        return page().text();
    }

    String flowId() {
        return page().select("input[name=flow]").attr("value");
    }

    Map<String, Cookie> cookies() {
        return cookies;
    }

    /** Returns the parameters of the redirect, each once, decoded. */
    Map<String, String> redirected() {
        assertThat(status()).isEqualTo(303);
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : URI.create(last.header("Location")).getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            assertThat(parameters.put(parts[0], value)).as(parts[0]).isNull();
        }
        return parameters;
    }

    private RequestSpecification request() {
        RequestSpecification request = given().redirects().follow(false);
        headers.forEach(request::header);
        cookies.values().forEach(cookie -> request.cookie(cookie.getName(), cookie.getValue()));
        return request;
    }

    private AuthorizeFlow keep(Response response) {
        Cookies set = response.detailedCookies();
        for (Cookie cookie : set) {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie);
            }
        }
        last = response;
        return this;
    }
}
