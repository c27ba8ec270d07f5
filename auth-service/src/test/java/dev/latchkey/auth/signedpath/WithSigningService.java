package dev.latchkey.auth.signedpath;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** A start of the service beside somebody who signs paths. */
public class WithSigningService implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(SigningStandIn.class));
    }
}
