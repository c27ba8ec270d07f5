package dev.latchkey.signing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.platform.services.ServicesConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductionChecksTest {

    private static final String LONG_ENOUGH = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> SAFE =
            Map.of("latchkey.signing.master-secret", LONG_ENOUGH, "latchkey.signing.gateway-secret", LONG_ENOUGH);

    private static ServicesConfig services(String secret) {
        return new SmallRyeConfigBuilder()
                .withMapping(ServicesConfig.class)
                .withDefaultValues(secret == null ? Map.of() : Map.of("latchkey.services.secret", secret))
                .build()
                .getConfigMapping(ServicesConfig.class);
    }

    private static SigningConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(SigningConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(SigningConfig.class);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> settings = new java.util.HashMap<>(SAFE);
        settings.put(name, value);
        return settings;
    }

    @Test
    void aSafeConfigurationStarts() {
        assertThatCode(() -> ProductionChecks.check(config(SAFE), services(LONG_ENOUGH), true))
                .doesNotThrowAnyException();
        assertThatCode(() -> ProductionChecks.check(
                        config(with("latchkey.signing.gateway-secret", LONG_ENOUGH + "," + LONG_ENOUGH)),
                        services(LONG_ENOUGH),
                        true))
                .doesNotThrowAnyException();
    }

    @Test
    void productionNeedsEverySecret() {
        assertThatThrownBy(() -> ProductionChecks.check(
                        config(Map.of("latchkey.signing.gateway-secret", LONG_ENOUGH)), services(LONG_ENOUGH), true))
                .hasMessageContaining("LATCHKEY_SIGNING_MASTER_SECRET");
        assertThatThrownBy(() -> ProductionChecks.check(
                        config(Map.of("latchkey.signing.master-secret", LONG_ENOUGH)), services(LONG_ENOUGH), true))
                .hasMessageContaining("LATCHKEY_SIGNING_GATEWAY_SECRET");
        assertThatThrownBy(() -> ProductionChecks.check(config(SAFE), services(null), true))
                .hasMessageContaining("LATCHKEY_SERVICES_SECRET");
    }

    @Test
    void elsewhereSecretsMayBeMissing() {
        assertThatCode(() -> ProductionChecks.check(config(Map.of()), services(null), false))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey.signing.master-secret,short,LATCHKEY_SIGNING_MASTER_SECRET",
        "latchkey.signing.gateway-secret,short,LATCHKEY_SIGNING_GATEWAY_SECRET",
        "latchkey.signing.gateway-secret,'0123456789abcdef0123456789abcdef,short',LATCHKEY_SIGNING_GATEWAY_SECRET",
        "latchkey.signing.lifetime,3601,LATCHKEY_SIGNING_LIFETIME",
        "latchkey.signing.announce-every,PT5S,LATCHKEY_SIGNING_GONE_AFTER"
    })
    void whatIsUnsafeStartsNowhere(String name, String value, String said) {
        assertThatThrownBy(() -> ProductionChecks.check(config(with(name, value)), services(LONG_ENOUGH), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(said)
                .message()
                .doesNotContain(LONG_ENOUGH);
    }
}
