package dev.latchkey.auth.authorize;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;

/** A language that the pages speak. */
enum Language {
    ENGLISH("en", "en"),
    /** Chinese in simplified characters, for every reader of Chinese. */
    CHINESE("zh", "zh-Hans");

    private static final int LONGEST_HEADER = 500;

    private final String code;
    private final String tag;

    Language(String code, String tag) {
        this.code = code;
        this.tag = tag;
    }

    /** Returns the locale under which the texts are found. */
    Locale locale() {
        return Locale.of(code);
    }

    /** Returns the BCP 47 tag that names the language in HTML and HTTP. */
    String tag() {
        return tag;
    }

    /**
     * Chooses what a browser likes best of what there is (RFC 9110 section 12.5.4).
     *
     * @param acceptLanguage null when the request does not say; anything unreadable means English
     */
    static Language preferred(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > LONGEST_HEADER) {
            return ENGLISH;
        }
        List<LanguageRange> ranges;
        try {
            ranges = LanguageRange.parse(acceptLanguage);
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
        for (LanguageRange range : ranges) {
            if (range.getWeight() > 0) {
                String primary = range.getRange().split("-", 2)[0];
                for (Language language : values()) {
                    if (language.code.equals(primary)) {
                        return language;
                    }
                }
                if (primary.equals("*")) {
                    return ENGLISH;
                }
            }
        }
        return ENGLISH;
    }
}
