package dev.latchkey.auth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientFetchConfigTest {

    @Test
    void nothingInternalMayBeFetchedUnlessConfigured() {
        ClientFetchConfig config = config(Map.of());

        assertThat(config.allowedNetworks()).isEmpty();
        assertThat(config.allowedPorts()).isEqualTo("80,443");
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.maxBytes()).isEqualTo(10_240);
        assertThat(config.cacheTtl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.cacheSize()).isEqualTo(1000);
        assertThat(config.maxConcurrent()).isEqualTo(32);
        assertThat(config.maxConcurrentPerAddress()).isEqualTo(4);
        assertThat(config.maxConcurrentPerHost()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "allowed-networks, 10.0.0.1/8",
        "allowed-networks, localhost",
        "allowed-ports, 0-70000",
    })
    void mistakesStopTheStart(String name, String value) {
        ClientFetchConfig config = config(Map.of("latchkey.auth.client-fetch." + name, value));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientMetadataFetcher.policy(config, "https://latchkey.example.com"));
    }

    @Test
    void anIssuerThatIsNoWebAddressStopsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientMetadataFetcher.policy(config(Map.of()), "latchkey"))
                .withMessageContaining("latchkey.auth.issuer");
    }

    private static ClientFetchConfig config(Map<String, String> values) {
        ConfigSource source = new PropertiesConfigSource(values, "test", 500);
        return new SmallRyeConfigBuilder()
                .withMapping(ClientFetchConfig.class)
                .withSources(source)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(ClientFetchConfig.class);
    }
}
