package org.scibert.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Task;
import org.scibert.io.Json;

/** What a release says must not depend on the language of the machine that made it. */
class LocaleTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void reportCardAndNumbersAreTheSameBytesInEveryLanguage(Task task) throws Exception {
        Locale.setDefault(Locale.ROOT);
        String expected = everything(task);
        for (String language : new String[] {"ar-SA", "fa-IR", "de-DE", "tr-TR"}) {
            Locale.setDefault(Locale.forLanguageTag(language));
            assertThat(everything(task)).as(language).isEqualTo(expected);
        }
    }

    private static String everything(Task task) throws Exception {
        ReportInput input = ReportInputs.of(task);
        JsonNode numbers = Json.MAPPER.valueToTree(input.assessment().splits());
        JsonNode decisions = Json.MAPPER.valueToTree(input.assessment().decisions());
        // Without the chart library, for a short message if the test fails.
        String html = Report.html(input, true).replaceAll("(?s)<script>.*?</script>", "");
        return html + ModelCard.markdown(input) + numbers + decisions + input.data().json();
    }
}
