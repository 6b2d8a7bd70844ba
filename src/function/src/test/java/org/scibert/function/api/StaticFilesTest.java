package org.scibert.function.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StaticFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/page");
    private static final Pattern IMPORT = Pattern.compile("from '(\\.[^']+)'");

    private final StaticFiles files = new StaticFiles();

    @Test
    void everyFileOfThePageIsServedAndNoOther() throws Exception {
        try (Stream<Path> there = Files.walk(FOLDER)) {
            List<String> names = there.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .toList();
            assertThat(StaticFiles.PAGE).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void everyImportFindsItsFile() {
        for (String name : StaticFiles.PAGE) {
            if (name.endsWith(".js")) {
                String text = text("/page/" + name);
                Matcher imports = IMPORT.matcher(text);
                while (imports.find()) {
                    Path target = Path.of("/page/" + name).getParent().resolve(imports.group(1)).normalize();
                    assertThat(files.get(target.toString())).as("%s imports %s", name, target).isPresent();
                }
            }
        }
    }

    /** Nothing that the page holds could run from elsewhere or inline, whatever a browser would allow. */
    @Test
    void thePageNamesNoOtherHostAndHasNothingInline() {
        String page = text("/");

        assertThat(page).doesNotContain("http", "<style", "style=", "onclick")
                .doesNotContainPattern("<script(?! type)");
        assertThat(files.get("/").orElseThrow().headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        for (String name : StaticFiles.PAGE) {
            if (name.endsWith(".js")) {
                assertThat(text("/page/" + name)).as(name).doesNotContain("innerHTML", "outerHTML", "insertAdjacent",
                        "document.write", "eval(", "new Function");
            }
        }
    }

    @Test
    void theFirstLoadIsSmall() {
        long bytes = files.get("/").orElseThrow().body().length;
        for (String name : StaticFiles.PAGE.subList(1, StaticFiles.PAGE.size())) {
            bytes += files.get("/page/" + name).orElseThrow().body().length;
        }
        assertThat(bytes).isLessThan(150_000);
    }

    private String text(String path) {
        return new String(files.get(path).orElseThrow().body(), StandardCharsets.UTF_8);
    }
}
