package dev.latchkey.flow.connector.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.flow.connector.definition.Connector;
import dev.latchkey.flow.connector.file.Described;
import dev.latchkey.platform.net.WebAddress;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundPolicyTest {

    @Test
    void withoutConfigurationOnlyPublicAddressesAreReached() {
        var policy = OutboundProducer.policy(config(Map.of()), "https://latchkey.example.com");

        assertThat(policy.allowedNetworks().isEmpty()).isTrue();
        assertThat(policy.allowedPorts().contains(22)).isFalse();
        assertThat(policy.allowedPorts().contains(8123)).isTrue();
        assertThat(policy.ownOrigins()).extracting(WebAddress::host).containsExactly("latchkey.example.com");
        assertThat(policy.ownEndpoints()).isEmpty();
    }

    @Test
    void whatThePlatformListensOnIsGivenAsHostAndPortOrAsAnAddress() {
        var policy = OutboundProducer.policy(
                config(Map.of(
                        "latchkey.flow.outbound.own-addresses", "auth-service:8081,https://10.0.0.5:9081,[::1]:5432")),
                "https://latchkey.example.com");

        assertThat(policy.ownEndpoints())
                .extracting(WebAddress::authority)
                .containsExactly("auth-service:8081", "10.0.0.5:9081", "[::1]:5432");
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey.flow.outbound.own-addresses, auth service",
        "latchkey.flow.outbound.allowed-networks, 10.0.0.1/8",
        "latchkey.flow.outbound.allowed-ports, 1-x"
    })
    void aSettingThatCannotBeReadStopsTheStart(String setting, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> OutboundProducer.policy(config(Map.of(setting, value)), "https://latchkey.example.com"));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", ", true"})
    void certificatesAreVerifiedUnlessTheEntrySaysOtherwise(Boolean field, boolean verified) {
        Connector connector = Described.by("""
                domain: sample
                name: Sample
                fields:
                  - { name: host, selector: { text: { type: url } }, required: true }
                  - { name: verify_tls, selector: { boolean: {} }, default: true }
                check:
                  request: { url: "{+host}/me" }
                  account: { unique_id: /id }
                """);
        Map<String, Object> values = new HashMap<>(Map.of("host", "https://device.example.com"));
        if (field != null) {
            values.put("verify_tls", field);
        }

        assertThat(new RequestBuilder(1000).build(connector, values).request().verifyTls())
                .isEqualTo(verified);
    }

    private static OutboundConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(OutboundConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(OutboundConfig.class);
    }
}
