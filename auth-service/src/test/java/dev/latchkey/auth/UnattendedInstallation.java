package dev.latchkey.auth;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A first start whose owner comes from the environment, and where every app must use PKCE. */
public class UnattendedInstallation implements QuarkusTestProfile {

    public static final String USERNAME = "Operator";
    public static final String PASSWORD = "operator-pass";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "latchkey.owner.username", USERNAME,
                "latchkey.owner.password", PASSWORD,
                "latchkey.auth.pkce", "required");
    }
}
