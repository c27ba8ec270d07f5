package dev.latchkey.flow.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.flow.form.Secret;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryDifferenceTest {

    @Test
    void valuesAreComparedNotTheirTypesInJava() {
        assertThat(EntryDifference.between("data", Map.of("port", 80), Map.of("port", 80L)))
                .isEmpty();
        assertThat(EntryDifference.between("data", Map.of("port", 80), Map.of("port", "80")))
                .containsExactly("data.port");
    }

    @Test
    void secretsAreComparedByWhatTheyAre() {
        assertThat(EntryDifference.between("data", Map.of("t", Secret.of("one")), Map.of("t", Secret.of("one"))))
                .isEmpty();
        assertThat(EntryDifference.between("data", Map.of("t", Secret.of("one")), Map.of("t", Secret.of("two"))))
                .containsExactly("data.t");
    }

    @Test
    void aFieldThatIsNullIsNotAFieldThatIsMissing() {
        Map<String, Object> withNull = new HashMap<>();
        withNull.put("port", null);

        assertThat(EntryDifference.between("options", Map.of(), withNull)).containsExactly("options.port");
        assertThat(EntryDifference.between("options", withNull, Map.of())).containsExactly("options.port");
    }

    @Test
    void updatesAreMergedAndNewDataReplaces() {
        Map<String, Object> data = Map.of("host", "a", "token", "b");

        assertThat(EntryDifference.dataAfter(data, EntryUpdate.nothing().withDataUpdates(Map.of("host", "c"))))
                .isEqualTo(Map.of("host", "c", "token", "b"));
        assertThat(EntryDifference.dataAfter(data, EntryUpdate.nothing().withData(Map.of("host", "c"))))
                .isEqualTo(Map.of("host", "c"));
    }
}
