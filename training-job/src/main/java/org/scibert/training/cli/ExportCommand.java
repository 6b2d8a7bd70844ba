package org.scibert.training.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.scibert.release.LocalRelease;
import org.scibert.release.Manifest;
import org.scibert.training.export.HuggingFaceExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        sortOptions = false,
        description = "Writes a released version in the form of another program: a Hugging Face folder, which"
                + " transformers loads.")
final class ExportCommand implements Callable<Integer> {
    /** Forms, by the names that users give them. */
    enum Format {
        HF
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReleaseOptions release;

    @Option(
            names = "--format",
            defaultValue = "${env:EXPORT_FORMAT:-hf}",
            paramLabel = "hf",
            description = "hf is a folder for transformers' AutoModelForSequenceClassification, with the same"
                    + " probabilities. Default ${DEFAULT-VALUE}. [EXPORT_FORMAT]")
    private Format format;

    @Option(
            names = "--to",
            required = true,
            defaultValue = "${env:EXPORT_TO}",
            paramLabel = "FOLDER",
            description = "New or empty; nothing is overwritten. [EXPORT_TO]")
    private Path folder;

    @Override
    public Integer call() throws Exception {
        LocalRelease local = release.open(small -> List.of(Manifest.WEIGHTS));
        switch (format) {
            case HF -> HuggingFaceExport.write(local, folder);
        }
        spec.commandLine().getOut().println(
                JsonLine.of(local.manifest()).put("folder", folder.toString()));
        return 0;
    }
}
