package dev.latchkey.auth;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.auth.user.Account;
import dev.latchkey.auth.user.PasswordProvider;
import dev.latchkey.auth.user.UserService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The people of the tests, and the apps they sign in to. */
@ApplicationScoped
public class People {

    public static final String CLIENT_ID = "https://app.example/";
    public static final String REDIRECT_URI = "https://app.example/cb";
    public static final String PASSWORD = "correct horse";
    public static final String OWNER = "owner";
    public static final String OWNER_PASSWORD = "owner-pass";

    /** Someone who can sign in. */
    public record Person(String id, String username, String password) {}

    @Inject
    UserService users;

    @Inject
    PasswordProvider passwords;

    /** Returns the owner, made by the first test that asks. */
    public Person owner() {
        passwords.createOwner("Owner", OWNER, OWNER_PASSWORD);
        String id =
                passwords.verify(OWNER, OWNER_PASSWORD).orElseThrow().account().id();
        return new Person(id, OWNER, OWNER_PASSWORD);
    }

    /** Returns a new person in the given groups. */
    public Person someone(String... groups) {
        return someone(false, groups);
    }

    /** Returns a new person who is served only from local networks. */
    public Person someoneLocal(String... groups) {
        return someone(true, groups);
    }

    private Person someone(boolean localOnly, String... groups) {
        owner();
        Account account = users.create("Someone", List.of(groups), localOnly).account();
        String username = "u" + UUID.randomUUID();
        passwords.addCredential(account.id(), username, PASSWORD);
        return new Person(account.id(), username, PASSWORD);
    }

    /** Signs a person in through the JSON login flow and returns the authorization code. */
    public String code(Person person) {
        return code(person, CLIENT_ID, REDIRECT_URI);
    }

    /** Signs a person in to an app. */
    public String code(Person person, String clientId, String redirectUri) {
        String flowId = startFlow(loginFlow(clientId, redirectUri))
                .then()
                .statusCode(200)
                .extract()
                .path("flow_id");
        return submit(flowId, clientId, person.username(), person.password())
                .then()
                .statusCode(200)
                .extract()
                .path("result");
    }

    /** Returns the message that starts a login flow to the app of the tests. */
    public static Map<String, Object> loginFlow() {
        return loginFlow(CLIENT_ID, REDIRECT_URI);
    }

    /** Returns the message that starts a login flow to an app. */
    public static Map<String, Object> loginFlow(String clientId, String redirectUri) {
        return Map.of(
                "client_id", clientId, "handler", Arrays.asList("homeassistant", null), "redirect_uri", redirectUri);
    }

    /** Returns a message with one value added or changed. */
    public static Map<String, Object> with(Map<String, Object> message, String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(message);
        changed.put(key, value);
        return changed;
    }

    /** Starts a login flow. */
    public static Response startFlow(Object body) {
        return post("/auth/login_flow", body);
    }

    /** Posts JSON as browsers do when they need no preflight. */
    public static Response post(String path, Object body) {
        return given().contentType("text/plain; charset=utf-8").body(json(body)).post(path);
    }

    /** Submits username and password. */
    public static Response submit(String flowId, String clientId, String username, String password) {
        return post(
                "/auth/login_flow/" + flowId,
                Map.of("client_id", clientId, "username", username, "password", password));
    }

    /** Signs a person in and exchanges the code. */
    public Tokens signIn(Person person) {
        return exchange(code(person), CLIENT_ID);
    }

    /** Exchanges a code for tokens. */
    public static Tokens exchange(String code, String clientId) {
        JsonPath answer = given().formParam("grant_type", "authorization_code")
                .formParam("code", code)
                .formParam("client_id", clientId)
                .post("/auth/token")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return new Tokens(answer.getString("access_token"), answer.getString("refresh_token"));
    }

    /** Writes JSON. */
    public static String json(Object body) {
        try {
            return new ObjectMapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
