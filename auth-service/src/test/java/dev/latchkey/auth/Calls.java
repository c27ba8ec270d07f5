package dev.latchkey.auth;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The requests that tests make again and again. */
public final class Calls {

    /** The credential with which services ask, as the test configuration has it. */
    public static final String SERVICES_SECRET = "the-service-credential-of-the-tests";

    private static final RestAssuredConfig UTF_8 = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset("UTF-8"));

    private Calls() {}

    /** Begins a request that came from an address, by way of the trusted proxy. */
    public static RequestSpecification from(String... forwardedFor) {
        RequestSpecification request = given().config(UTF_8);
        for (String line : forwardedFor) {
            request = request.header("X-Forwarded-For", line);
        }
        return request;
    }

    /** Posts a form to the token endpoint. */
    public static Response token(Map<String, String> fields) {
        return token(given().config(UTF_8), fields);
    }

    /** Posts a form to the token endpoint, on top of what a request already has. */
    public static Response token(RequestSpecification request, Map<String, String> fields) {
        return request.formParams(fields).post("/auth/token");
    }

    public static Response redeem(String code, String clientId) {
        return token(Map.of("grant_type", "authorization_code", "code", code, "client_id", clientId));
    }

    public static Response redeem(String code) {
        return redeem(code, People.CLIENT_ID);
    }

    /** Refreshes for the app of the tests. */
    public static Response refresh(String refreshToken) {
        return token(refreshing(refreshToken));
    }

    /** Returns the form that refreshes for the app of the tests. */
    public static Map<String, String> refreshing(String refreshToken) {
        return Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", People.CLIENT_ID);
    }

    public static Response revoke(String token) {
        return given().config(UTF_8).formParam("token", token).post("/auth/revoke");
    }

    /** Calls the API as the holder of an access token. */
    public static Response api(String accessToken) {
        return given().header("Authorization", "Bearer " + accessToken).get("/api/");
    }

    /** Asks as a service what a token is worth. */
    public static Response introspect(String token) {
        return introspect(SERVICES_SECRET, token);
    }

    public static Response introspect(String credential, String token) {
        return given().config(UTF_8)
                .header("Authorization", "Bearer " + credential)
                .formParam("token", token)
                .post("/auth/introspect");
    }

    /** Does the same thing many times at once and returns every result. */
    public static <T> List<T> atOnce(int times, Callable<T> work) {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (Exception e) {
            throw new IllegalStateException("work done at once failed", e);
        }
    }
}
