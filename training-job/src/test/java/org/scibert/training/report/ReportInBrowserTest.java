package org.scibert.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.decision.Task;
import org.scibert.training.screening.Screening;
import org.scibert.training.screening.Screening.Item;

/** Opens reports in headless Chromium, where there is one. */
class ReportInBrowserTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"BINARY, light, 1280", "MULTI_CLASS, dark, 1280", "MULTI_LABEL, light, 390"})
    void everyPictureIsDrawnAndNothingIsRefused(Task task, String scheme, int width) throws Exception {
        String html = opened(Report.html(ReportInputs.studied(ReportInputs.of(task)), true), scheme, width);
        assertThat(html).contains("<title>screening: training report</title>");
    }

    @ParameterizedTest
    @CsvSource({"light, 390", "dark, 1280"})
    void aScreeningsPicturesAreDrawn(String scheme, int width) throws Exception {
        List<Item> items = IntStream.range(0, 400)
                .mapToObj(i -> new Item(
                        i < 150 ? Optional.of(i % 7 == 0 && i < 100) : Optional.empty(),
                        OptionalDouble.of(1 / (1 + i / 9.))))
                .toList();
        String html = opened(ScreeningReport.html("refs <b>.ris", new Screening(items, true), 0.95), scheme, width);
        assertThat(html).contains("<title>refs &lt;b&gt;.ris: screening report</title>", "no advice to stop");
    }

    private String opened(String report, String scheme, int width) throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "no chromium or google-chrome on the PATH: the report is not opened in one");
        Path page = Files.writeString(folder.resolve("report.html"), report);
        Path dom = folder.resolve("dom.html");
        Path console = folder.resolve("console.txt");
        Process process = new ProcessBuilder(
                        browser.get().toString(), "--headless", "--no-sandbox", "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + folder.resolve("profile"), "--window-size=" + width + ",900",
                        "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? 0 : 1),
                        "--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom", page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(console.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String html = Files.readString(dom);
        int figures = html.split("<figure>", -1).length - 1;
        assertThat(figures).isPositive();
        assertThat(html).contains("data-drawn=\"%s of %s, %s\"".formatted(figures, figures, scheme));
        assertThat(html.split("<canvas", -1)).hasSizeGreaterThan(figures);
        // errors, warnings and what the policy refuses
        assertThat(Files.readString(console)).doesNotContain("CONSOLE");
        return html;
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome").map(Path.of(path)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
