package dev.latchkey.platform.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;

/**
 * Lets a fuzzer that sees which branches it reaches look for a target on which two readers could disagree. A build runs the inputs
 * kept for it among the test resources; {@code JAZZER_FUZZ=1 ./mvnw -pl platform -am test -Djazzer.hooks=true -Dtest=RequestTargetFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false} looks for new ones.
 */
class RequestTargetFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void whatIsAcceptedMeansOneThingToEverybody(byte[] octets) {
        String raw = new String(octets, ISO_8859_1);
        RequestTarget.typed(raw);
        RequestTarget.parse(raw).target().ifPresent(target -> {
            assertThat(target.path())
                    .startsWith("/")
                    .doesNotContain("//", "\\", ";", "\0")
                    .doesNotMatch("(?s).*/\\.{1,2}(/.*)?");

            RequestTarget again =
                    RequestTarget.parse(target.canonical()).target().orElseThrow();
            assertThat(again.canonical()).isEqualTo(target.canonical());
            assertThat(again.means(target)).isTrue();

            RequestTarget written =
                    RequestTarget.of(target.path(), target.query()).target().orElseThrow();
            assertThat(written.canonical()).isEqualTo(target.canonical());

            URI uri = URI.create("http://home.example" + target.rawPath());
            assertThat(uri.getHost()).isEqualTo("home.example");
            assertThat(uri.getPath()).isEqualTo(target.path());
            assertThat(uri.normalize()).isEqualTo(uri);
        });
    }
}
