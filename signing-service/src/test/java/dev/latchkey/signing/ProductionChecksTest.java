package dev.latchkey.signing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductionChecksTest {

    private static final String LONG_ENOUGH = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> SAFE =
            Map.of("latchkey.signing.master-secret", LONG_ENOUGH, "latchkey.signing.gateway-secret", LONG_ENOUGH);

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
        assertThatCode(() -> ProductionChecks.check(config(SAFE), Optional.of(LONG_ENOUGH), true))
                .doesNotThrowAnyException();
        assertThatCode(() -> ProductionChecks.check(
                        config(with("latchkey.signing.gateway-secret", LONG_ENOUGH + "," + LONG_ENOUGH)),
                        Optional.of(LONG_ENOUGH),
                        true))
                .doesNotThrowAnyException();
    }

    @Test
    void productionNeedsEverySecret() {
        assertThatThrownBy(() -> ProductionChecks.check(
                        config(Map.of("latchkey.signing.gateway-secret", LONG_ENOUGH)), Optional.of(LONG_ENOUGH), true))
                .hasMessageContaining("LATCHKEY_SIGNING_MASTER_SECRET");
        assertThatThrownBy(() -> ProductionChecks.check(
                        config(Map.of("latchkey.signing.master-secret", LONG_ENOUGH)), Optional.of(LONG_ENOUGH), true))
                .hasMessageContaining("LATCHKEY_SIGNING_GATEWAY_SECRET");
        assertThatThrownBy(() -> ProductionChecks.check(config(SAFE), Optional.empty(), true))
                .hasMessageContaining("LATCHKEY_SERVICES_SECRET");
    }

    @Test
    void elsewhereSecretsMayBeMissing() {
        assertThatCode(() -> ProductionChecks.check(config(Map.of()), Optional.empty(), false))
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
        assertThatThrownBy(() -> ProductionChecks.check(config(with(name, value)), Optional.of(LONG_ENOUGH), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(said)
                .message()
                .doesNotContain(LONG_ENOUGH);
    }
}
