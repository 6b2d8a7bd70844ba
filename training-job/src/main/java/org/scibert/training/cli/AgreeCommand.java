package org.scibert.training.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scibert.io.AtomicFiles;
import org.scibert.io.OutputFile;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.training.rows.ReadOptions;
import org.scibert.training.rows.ScreenedFile;
import org.scibert.training.screening.Agreement;
import org.scibert.training.screening.ConflictList;
import org.scibert.training.screening.MergedLabels;
import org.scibert.training.screening.Screeners;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "agree",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares what two or more screeners decided about the same records: Cohen's kappa of each two,"
                + " Krippendorff's alpha of more than two, the records to talk about, and the labels merged.")
final class AgreeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "One screener's labelled records, of any format; given once for each screener. Records are"
                    + " matched by DOI and PMID, else by title, else by text.")
    private List<Path> data;

    @Option(
            names = "--output",
            defaultValue = "${env:OUTPUT}",
            paramLabel = "FILE",
            description = "The first file again, each record with the merged label as SciBERT_decision, which fine-tune"
                    + " takes before other labels: the one that all who labelled it gave. [OUTPUT]")
    private Path output;

    @Option(
            names = "--conflicts",
            defaultValue = "${env:CONFLICTS:-unlabelled}",
            description = "What records with several labels get in --output: unlabelled, include or exclude. Default"
                    + " ${DEFAULT-VALUE}. [CONFLICTS]")
    private MergedLabels.OnConflict conflicts;

    @Option(
            names = "--list",
            defaultValue = "${env:CONFLICT_LIST}",
            paramLabel = "FILE",
            description = "Gets the records to look at, as CSV for a spreadsheet: conflicts first, then matches that"
                    + " are ambiguous, then those that not all have labelled, or have. [CONFLICT_LIST]")
    private Path list;

    @Mixin
    private ReadingOptions reading;

    @Override
    public Integer call() throws Exception {
        if (data.size() < 2) {
            throw new UsageException("give --data once for each screener, at least twice: --data a.ris --data b.csv");
        }
        if (output != null) {
            OutputFile.requireWritable("--output", output);
        }
        if (list != null) {
            OutputFile.requireWritable("--list", list);
        }
        PrintWriter out = spec.commandLine().getOut();
        Screeners screeners = read();
        if (conflicts != MergedLabels.OnConflict.UNLABELLED && !screeners.areDecisions()) {
            throw new UsageException(Text.format(
                    "--conflicts %s needs labels that say relevant or irrelevant; the files have %s",
                    conflicts.name().toLowerCase(Locale.ROOT), String.join(", ", screeners.labels())));
        }
        List<String> names = ConflictList.names(screeners.files());
        counts(screeners, names, out);
        ObjectNode json = JsonLine.empty().put("inAll", screeners.inAll());
        ArrayNode pairs = json.putArray("pairs");
        for (int first = 0; first < data.size(); first++) {
            for (int second = first + 1; second < data.size(); second++) {
                Optional<Agreement> agreement = screeners.agreement(first, second);
                out.println();
                AgreementPrinter.lines(names.get(first), names.get(second), agreement).forEach(out::println);
                pairs.add(AgreementPrinter.json(data.get(first), data.get(second), agreement));
            }
        }
        if (data.size() > 2) {
            out.println();
            out.println(AgreementPrinter.line(screeners.alpha(), data.size()));
            json.set("krippendorff", AgreementPrinter.json(screeners.alpha()));
        }
        out.println();
        List<Screeners.Listed> listed = screeners.listed();
        ObjectNode reasons = json.putObject("listed");
        for (Screeners.Reason reason : Screeners.Reason.values()) {
            long count = listed.stream().filter(work -> work.reason() == reason).count();
            out.println(Text.format("%s: %s", reason.title(), count));
            reasons.put(reason.name().toLowerCase(Locale.ROOT), count);
        }
        write(screeners, json, out);
        out.println(json);
        return 0;
    }

    private Screeners read() throws IOException {
        ReadOptions options = reading.options();
        List<ScreenedFile> files = new ArrayList<>();
        for (Path path : data) {
            ScreenedFile file = ScreenedFile.read(path, options);
            files.add(file);
            spec.commandLine().getErr().println(file.line());
            file.file().notices().forEach(notice -> spec.commandLine().getErr().println(path + ": " + notice));
        }
        return new Screeners(files, !options.idColumn().isEmpty());
    }

    private static void counts(Screeners screeners, List<String> names, PrintWriter out) {
        out.println(Text.format("%s in %s files", Text.count(screeners.inAll(), "work"),
                names.size() == 2 ? "both" : "all " + names.size()));
        for (int file = 0; file < names.size(); file++) {
            out.println(Text.format("%s: %s in no other file, %s of a work once more",
                    names.get(file), Text.count(screeners.onlyIn(file), "work"),
                    Text.count(screeners.repeated(file), "record")));
        }
    }

    private void write(Screeners screeners, ObjectNode json, PrintWriter out) throws IOException {
        if (list != null) {
            AtomicFiles.write(list, ConflictList.csv(screeners));
            json.put("list", list.toString());
        }
        if (output != null) {
            AtomicFiles.replace(output, part -> {
                MergedLabels.Counts counts = MergedLabels.write(
                        new BufferedOutputStream(AtomicFiles.output(part, output)), screeners, conflicts);
                out.println(Text.format(
                        "%s: %s labelled, %s unlabelled; works that only other files have are not in it",
                        output, counts.labelled(), counts.unlabelled()));
                json.put("output", output.toString())
                        .put("labelled", counts.labelled())
                        .put("unlabelled", counts.unlabelled());
            });
        }
    }
}
