package dev.latchkey.flow.connector.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.platform.net.WebAddress;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class UrlTemplatePropertyTest {

    @Property(tries = 500)
    void noValueChangesTheHostOfAnAddressThatIsFixed(@ForAll String value) {
        for (String template : new String[] {
            "https://api.example.com/{x}",
            "https://api.example.com/{+x}",
            "https://api.example.com?{+x}",
            "https://api.example.com/{x}@evil.example/{+x}"
        }) {
            WebAddress.parse(UrlTemplate.parse(template).expand(Map.of("x", value)))
                    .ifPresent(address -> assertThat(address.authority()).isEqualTo("api.example.com"));
        }
    }

    @Property(tries = 500)
    void noValueLeavesTheDomainThatTheAuthorWroteBehindIt(@ForAll String value) {
        WebAddress.parse(UrlTemplate.parse("https://{x}.example.com/").expand(Map.of("x", value)))
                .ifPresent(address -> assertThat(address.connectHost()).endsWith(".example.com"));
    }

    @Property(tries = 500)
    void anAddressNeverHasALineBreak(@ForAll String value) {
        assertThat(UrlTemplate.parse("https://h/{x}/{+x}").expand(Map.of("x", value + "\r\nX: y")))
                .doesNotContain("\r", "\n", " ");
    }
}
