package dev.latchkey.auth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh-CN,zh;q=0.9,en;q=0.8 | CHINESE",
                "zh-Hant-TW              | CHINESE",
                "de,zh;q=0.5,en;q=0.4    | CHINESE",
                "en-GB,zh;q=0.9          | ENGLISH",
                "zh;q=0.1,en             | ENGLISH",
                "zh;q=0,fr               | ENGLISH",
                "fr,*;q=0.5,zh;q=0.1     | ENGLISH",
                "fr                      | ENGLISH",
            })
    void whatTheReaderLikesBestIsChosen(String header, Language expected) {
        assertThat(Language.preferred(header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "zh;q=x", ";;", "zh_CN;q=", "\"><script>"})
    void whatCannotBeReadMeansEnglish(String header) {
        assertThat(Language.preferred(header)).isEqualTo(Language.ENGLISH);
    }

    @Test
    void everyTextIsTranslated() throws IOException {
        Properties chinese = new Properties();
        try (Reader in = new InputStreamReader(
                LanguageTest.class.getResourceAsStream("/messages/page_zh.properties"), StandardCharsets.UTF_8)) {
            chinese.load(in);
        }

        assertThat(chinese.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Texts.class.getDeclaredMethods())
                        .map(Method::getName)
                        .toList());
    }
}
