package dev.latchkey.flow.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.flow.FlowConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static final String ONE = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String TWO = "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldy0=";

    private final Keys keys = new Keys();

    @Test
    void withoutKeysNothingStartsAndTheMessageSaysWhatToSet() {
        assertThatThrownBy(() -> keys.ring(config(Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LATCHKEY_FLOW_KEYS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "MDEyMzQ1Njc4OTAx", ONE + ",short", "!"})
    void whatIsNoKeyIsRefusedAndNotRepeated(String value) {
        assertThatThrownBy(() -> keys.ring(config(Map.of("latchkey.flow.keys", value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(value);
    }

    @Test
    void theFirstKeyEncryptsAndAllDecrypt() {
        String old = keys.ring(config(Map.of("latchkey.flow.keys", ONE))).encrypt("text");

        assertThat(keys.ring(config(Map.of("latchkey.flow.keys", TWO + "," + ONE)))
                        .decrypt(old))
                .isEqualTo("text");
    }

    private static FlowConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(FlowConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(FlowConfig.class);
    }
}
