package org.scibert.training.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is written for people beside the weights.
 *
 * @param file that a copy of the release's report is written to; empty for none
 * @param texts whether the report holds the texts of the worst mistakes, in the release as well
 * @param language of the texts, as in the model card: {@code en}
 * @param license of the model, as in the model card: {@code apache-2.0}, {@code unknown}
 */
public record ReportConfig(Optional<Path> file, boolean texts, String language, String license) {
    public static final ReportConfig DEFAULT = new ReportConfig(Optional.empty(), false, "en", "unknown");

    public ReportConfig {
        if (file.isPresent() && !Files.isDirectory(file.get().toAbsolutePath().getParent())) {
            throw new IllegalArgumentException("the report can't be written to %s: there is no folder %s; make it first"
                    .formatted(file.get(), file.get().toAbsolutePath().getParent()));
        }
        require("language", language);
        require("license", license);
    }

    private static void require(String what, String value) {
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9.+-]*")) {
            throw new IllegalArgumentException(
                    "the model card's %s must be a code such as %s, is \"%s\"".formatted(
                            what, what.equals("language") ? "en" : "apache-2.0", value));
        }
    }
}
