package dev.latchkey.flow.entry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EntryJsonWriterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static String write(EntrySummary entry, boolean options, boolean unload, boolean reconfigure) {
        try {
            return JSON.writeValueAsString(new EntryJson(entry, options, unload, reconfigure));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static EntrySummary entry(boolean noEntities, boolean noPolling, Instant at) {
        return new EntrySummary(
                "id",
                "domain",
                "a \"title\"",
                null,
                "user",
                EntryState.LOADED,
                null,
                null,
                noEntities,
                noPolling,
                at,
                at);
    }

    @ParameterizedTest
    @CsvSource({
        "1795180000.123456789, 1795180000.123456",
        "1795180000.000005000, 1795180000.000005",
        "1795180000.000000000, 1795180000.000000",
        "0.000000999, 0.000000"
    })
    void timesAreSecondsWithAllSixDigitsOfTheMicroseconds(String at, String written) {
        String[] parts = at.split("\\.");
        Instant time = Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]));

        assertThat(write(entry(false, false, time), false, false, false))
                .contains("\"created_at\":" + written + ",")
                .endsWith("\"modified_at\":" + written + "}");
    }

    static IntStream everyCombination() {
        return IntStream.range(0, 1 << 5);
    }

    @ParameterizedTest
    @MethodSource("everyCombination")
    void everyFlagIsUnderItsOwnName(int bits) throws JsonProcessingException {
        EntrySummary entry = entry((bits & 1) != 0, (bits & 2) != 0, Instant.EPOCH);
        JsonNode written = JSON.readTree(write(entry, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0));

        assertThat(written.path("pref_disable_new_entities").booleanValue()).isEqualTo((bits & 1) != 0);
        assertThat(written.path("pref_disable_polling").booleanValue()).isEqualTo((bits & 2) != 0);
        assertThat(written.path("supports_options").booleanValue()).isEqualTo((bits & 4) != 0);
        assertThat(written.path("supports_unload").booleanValue()).isEqualTo((bits & 8) != 0);
        assertThat(written.path("supports_reconfigure").booleanValue()).isEqualTo((bits & 16) != 0);
    }

    @Test
    void textIsEscaped() throws JsonProcessingException {
        String written = write(entry(false, false, Instant.EPOCH), false, false, false);

        assertThat(JSON.readTree(written).path("title").textValue()).isEqualTo("a \"title\"");
        assertThat(JSON.readTree(written).size()).isEqualTo(19);
    }
}
