package org.scibert.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void digitsDoNotDependOnTheUsersLanguage() {
        Locale before = Locale.getDefault();
        try {
            for (String language : new String[] {"ar-SA", "fa-IR", "de-DE", "hi-IN-u-nu-deva"}) {
                Locale.setDefault(Locale.forLanguageTag(language));
                assertThat(Text.format("%s rows, %.2f, %+.1e", 1234, 0.5, -2e-5))
                        .isEqualTo("1234 rows, 0.50, -2.0e-05");
                assertThat(Text.count(10, "row")).isEqualTo("10 rows");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void oneHasNoPlural() {
        assertThat(Text.count(0, "error")).isEqualTo("0 errors");
        assertThat(Text.count(1, "error")).isEqualTo("1 error");
        assertThat(Text.count(2, "training row")).isEqualTo("2 training rows");
    }
}
