package dev.latchkey.signing;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test that talks to the whole service over HTTP, with a real Kafka, and with a stand-in for auth-service, which a field
 * of the type {@link AuthStandIn} gets.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SigningServiceTest {}
