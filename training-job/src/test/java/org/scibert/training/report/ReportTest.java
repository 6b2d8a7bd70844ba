package org.scibert.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.decision.Task;
import org.scibert.training.rows.Split;

class ReportTest {
    @ParameterizedTest
    @EnumSource(Task.class)
    void nothingFromDataIsMarkup(Task task) throws Exception {
        String html = withoutOwnScripts(Report.html(ReportInputs.of(task), true));
        assertThat(html).doesNotContain(ReportInputs.EVIL, "<script>", "<img", "<b>row");
        assertThat(html).contains(
                "&lt;/script&gt;&lt;script&gt;document.title=&#39;owned&#39;", "&lt;img src=x",
                "of &lt;b&gt;row&lt;/b&gt;");
        // a block of data for each picture
        assertThat(all("<script", html)).hasSameSizeAs(all("<figure>", html));
        assertThat(all("</script", html)).hasSameSizeAs(all("<figure>", html));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void nothingIsLoadedFromElsewhere(Task task) throws Exception {
        String markup = withoutOwnScripts(Report.html(ReportInputs.of(task), true));
        for (String place : groups("(?:src|href|action|data|poster|srcset)=\"([^\"]*)\"", markup)) {
            assertThat(place).startsWith("#");
        }
        assertThat(markup).doesNotContain("://", "url(", "@import", "<link", "<iframe", "<object", "<form", "style=\"");
    }

    @Test
    void thePolicyAllowsThePagesOwnStyleAndScriptsAndNothingElse() throws Exception {
        String html = Report.html(ReportInputs.of(Task.BINARY), false);
        String policy = groups("Content-Security-Policy\" content=\"([^\"]*)\"", html).get(0).replace("&#39;", "'");
        String style = groups("(?s)<style>(.*?)</style>", html).get(0);
        List<String> scripts = groups("(?s)<script>(.*?)</script>", html);
        assertThat(scripts).hasSize(2);
        assertThat(policy)
                .isEqualTo("default-src 'none'; base-uri 'none'; form-action 'none'; style-src %s; script-src %s %s"
                .formatted(source(style), source(scripts.get(0)), source(scripts.get(1))));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void textsStandInItOnlyWhereTheyAreAllowed(Task task) throws Exception {
        ReportInput input = ReportInputs.of(task);
        assertThat(input.assessment().mistakes().get(Split.TEST)).isNotEmpty();
        assertThat(withoutOwnScripts(Report.html(input, false))).doesNotContain("a secret of")
                .contains(">Probability<");
        assertThat(withoutOwnScripts(Report.html(input, true))).contains("a secret of").contains(">Text<");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "BINARY|ROC curve,Precision and recall,Calibration,Scores,What each threshold does",
        "MULTI_CLASS|ROC curve,Precision and recall,Calibration of the predicted class,Scores: aim,Scores: result",
        "MULTI_LABEL|ROC curve,Precision and recall,Calibration: aim,Scores: aim,What each threshold does: aim",
    })
    void eachTaskHasItsPictures(Task task, String expected) throws Exception {
        String html = Report.html(ReportInputs.of(task), false);
        List<String> titles = groups("<figcaption><strong>(.*?)</strong>", html);
        assertThat(titles).contains(expected.split(","));
        assertThat(titles)
                .contains("Loss over the steps", "Dev scores after each epoch", "Learning rate over the steps");
        for (String data : groups("(?s)<script type=\"application/json\">(.*?)</script>", html)) {
            JsonNode chart = new ObjectMapper().readTree(data);
            assertThat(chart.path("x").path("name").asText()).isNotBlank();
            assertThat(chart.path("y").path("name").asText()).isNotBlank();
            assertThat(chart.path("series")).isNotEmpty().allSatisfy(series -> {
                assertThat(series.path("name").asText()).isNotBlank();
                assertThat(series.path("points")).isNotEmpty().allMatch(point -> point.size() == 2);
            });
        }
        assertThat(html).contains("Confusion matrix", "95 % interval", "pos_weight", "fineTuning.epochs");
    }

    @Test
    void eachPrecisionHasItsCostAndTheOneServedIsNamed() throws Exception {
        String html = Report.html(ReportInputs.of(Task.BINARY), false);
        assertThat(html).containsPattern("int8 \\(served\\)<[^>]*>\\s*<td[^>]*>1\\.1<[^>]*>\\s*<td[^>]*>1\\.50<");
        assertThat(html).contains(">-0.0012<", "at most 0.002 below", "fp16 is left out: ");
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void theBaselineStandsBesideTheReleasedModel(Task task) throws Exception {
        ReportInput input = ReportInputs.of(task);
        String html = withoutOwnScripts(Report.html(input, false));
        assertThat(html).contains(
                "Scores on the rows of test", "TF-IDF with logistic regression", "frozen encoder and words (released)",
                "with a 0.5, b 1.25, c -2, and the words 1000 terms of 1500, which costs their own score 0.0012",
                input.baselines().get(0).sentence().orElseThrow().replace("'", "&#39;"));
        assertThat(ModelCard.markdown(input)).contains("\n## Baselines\n\nOn test, the released model ");

        ReportInput without = new ReportInput(
                input.title(), input.run(), input.data(), input.assessment(), input.precisions(), Optional.empty(),
                List.of(), Optional.empty(), Optional.empty());
        assertThat(withoutOwnScripts(Report.html(without, false)) + ModelCard.markdown(without))
                .doesNotContain("TF-IDF", "Baseline", "What decides", "Explanations");
    }

    @Test
    void explanationsAreShownBesideRandomOrder() throws Exception {
        ReportInput input = ReportInputs.of(Task.BINARY);
        for (String shown : List.of(withoutOwnScripts(Report.html(input, false)), ModelCard.markdown(input))) {
            assertThat(shown).contains(
                    "The words of an explanation matter more to this model than words in random order.",
                    "0.215 against 0.062, a difference of +0.153 (95 %: +0.121 to +0.187)");
        }
        assertThat(ModelCard.markdown(input)).contains("| 50 % | 0.375 | 0.150 | 0.375 | 0.150 |");
        ReportInput poor = new ReportInput(
                input.title(), input.run(), input.data(), input.assessment(), input.precisions(), input.lexical(),
                input.baselines(),
                Optional.of(ReportInputs.explanations(false)), Optional.empty());
        assertThat(ModelCard.markdown(poor)).contains("are not shown to be better than random order");
    }

    @Test
    void aStudyIsShownWithWhatItsDevScoreIsWorth() throws Exception {
        ReportInput input = ReportInputs.of(Task.BINARY);
        assertThat(Report.html(input, false)).doesNotContain("id=\"study\"");
        String html = withoutOwnScripts(Report.html(ReportInputs.studied(input), false));
        assertThat(html).contains(
                "9 of 12 configurations, drawn by seed 42, were tried within 4 runs", "1 diverged.",
                "The winner is learning-rate 2e-5, epochs 3.", "was 0.8000 in the study", "The best of 9 scores",
                "the winner has 0.7900 ± 0.0141 (mean ± deviation of seeds [42, 43]) on dev; on test, which took no"
                        + " part, it is 0.7500 ± 0.0283.",
                "The best 8 of 9 are drawn.", "43 (released)");
        assertThat(ModelCard.markdown(ReportInputs.studied(input)))
                .contains("The winner is learning-rate 2e-5, epochs 3.");
    }

    @Test
    void theSameInputGivesTheSameBytes() throws Exception {
        assertThat(Report.html(ReportInputs.of(Task.BINARY), false))
                .isEqualTo(Report.html(ReportInputs.of(Task.BINARY), false));
    }

    private static String source(String content) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    /** The page without ECharts and the script that draws: short enough to be read when a test fails. */
    private static String withoutOwnScripts(String html) {
        return html.replaceAll("(?s)<script>(?!document).*?</script>", "");
    }

    private static List<String> all(String text, String html) {
        return groups("(" + Pattern.quote(text) + ")", html);
    }

    private static List<String> groups(String pattern, String html) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(html);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
