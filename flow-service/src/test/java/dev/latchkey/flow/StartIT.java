package dev.latchkey.flow;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import org.junit.jupiter.api.Test;

@FlowServiceTest
class StartIT {

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @Test
    void theServiceIsReadyOnItsManagementPortOnly() {
        given().get("/q/health/ready").then().statusCode(404);
        given().get(ready).then().statusCode(200).body("status", equalTo("UP"));
    }
}
