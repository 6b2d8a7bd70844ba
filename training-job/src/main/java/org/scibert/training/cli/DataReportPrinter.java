package org.scibert.training.cli;

import static picocli.CommandLine.Help.Column.Overflow.WRAP;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.scibert.io.Text;
import org.scibert.training.datacheck.ClassBalance.LabelCount;
import org.scibert.training.datacheck.ClassBalance;
import org.scibert.training.datacheck.DataReport.SplitSummary;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.Finding.Example;
import org.scibert.training.datacheck.Finding.Place;
import org.scibert.training.datacheck.Finding;
import org.scibert.training.datacheck.TokenTable.TokenLengths;
import org.scibert.training.datacheck.TokenTable;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Split;
import org.scibert.training.rows.Splits;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Help;

/** A data report as tables; findings in at most {@value #WIDTH} columns. */
final class DataReportPrinter {
    private static final int WIDTH = 110;
    private static final int MOST_LABELS = 50;
    private static final int SHOWN_CHARACTERS = 240;

    /** By place; null to show none. */
    private final Map<Place, String> texts;

    private DataReportPrinter(Map<Place, String> texts) {
        this.texts = texts;
    }

    static DataReportPrinter withoutTexts() {
        return new DataReportPrinter(null);
    }

    /** Shows the beginnings of the texts that findings name. */
    static DataReportPrinter withTexts(Splits<Rows> rows) {
        Map<Place, String> texts = new HashMap<>();
        rows.bySplit().forEach((split, of) -> of.rows().forEach(row ->
                texts.put(new Place(split, row.line(), row.id(), row.labels()), row.text())));
        return new DataReportPrinter(texts);
    }

    String print(DataReport report) {
        StringBuilder out = new StringBuilder();
        out.append(balance(report.splits(), report.balance())).append('\n');
        if (report.tokens() != null) {
            out.append(tokens(report.tokens())).append('\n');
        }
        return out.append(report.findings().isEmpty() ? "Nothing was found.\n" : findings(report.findings()))
                .append('\n')
                .toString();
    }

    String print(TokenTable tokens) {
        return tokens(tokens) + '\n' + findings(tokens.findings());
    }
    private static String balance(List<SplitSummary> splits, ClassBalance balance) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(balance.task(), splits.stream().map(split -> split.split().title()), "pos_weight"));
        rows.add(row("rows", splits.stream().map(split -> Integer.toString(split.rows())), ""));
        rows.add(row("different texts", splits.stream().map(split -> Integer.toString(split.texts())), ""));
        List<LabelCount> shown = balance.labels().subList(0, Math.min(MOST_LABELS, balance.labels().size()));
        for (LabelCount label : shown) {
            rows.add(row(
                    "label " + label.label(),
                    splits.stream().map(split -> Integer.toString(label.rows().get(split.split()))),
                    label.posWeight() == null ? "" : Text.format("%.2f", label.posWeight())));
        }
        int more = balance.labels().size() - shown.size();
        return numbers(rows) + (more == 0 ? "" : Text.format("and %s%n", Text.count(more, "more label")));
    }

    private static String tokens(TokenTable tokens) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("tokens", "50 %", "90 %", "95 %", "99 %", "longest", "limit", "rows cut", "lost"));
        for (TokenLengths split : tokens.splits()) {
            Stream<Integer> counts = Stream.of(
                    split.p50(), split.p90(), split.p95(), split.p99(), split.max(), tokens.maxTokens());
            rows.add(row(
                    split.split().title(),
                    counts.map(String::valueOf),
                    percent(split.rowsCut()),
                    percent(split.tokensCut())));
        }
        return numbers(rows);
    }

    private String findings(List<Finding> findings) {
        TextTable table = TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                new Column(8, 0, WRAP), new Column(20, 1, WRAP), new Column(WIDTH - 28, 1, WRAP));
        for (Finding finding : findings) {
            table.addRowValues(
                    finding.severity().title(),
                    finding.kind().title(),
                    finding.what() + ". Next: " + finding.next() + ".");
            for (Example example : finding.examples()) {
                table.addRowValues("", "", rows(example));
                if (texts != null) {
                    example.rows().stream().map(this::beginning).distinct().forEach(text ->
                            table.addRowValues("", "", text));
                }
            }
        }
        return table.toString();
    }

    /** {@code test line 3 (Uses) = train line 88 (Uses), line 91 (Background), and 2 more}. */
    private static String rows(Example example) {
        StringBuilder out = new StringBuilder("· ");
        Split split = null;
        for (Place place : example.rows()) {
            if (split != null) {
                out.append(place.split() == split ? ", " : example.similarity() == null ? " = " : " ≈ ");
            }
            out.append(place.split() == split ? "" : place.split().title() + " ").append(position(place));
            split = place.split();
        }
        out.append(example.more() == 0 ? "" : Text.format(", and %s more", example.more()));
        if (example.similarity() != null) {
            out.append(Text.format(" (%.3f)", example.similarity()));
        }
        return out.toString();
    }

    private static String position(Place place) {
        String id = place.id().equals(Integer.toString(place.line())) ? "" : " " + place.id();
        return Text.format("line %s%s [%s]", place.line(), id, String.join(", ", place.labels()));
    }

    private String beginning(Place place) {
        String text = texts.get(place).strip().replaceAll("\\s+", " ");
        int end = text.offsetByCodePoints(0, Math.min(SHOWN_CHARACTERS, text.codePointCount(0, text.length())));
        return Text.format("\"%s%s\"", text.substring(0, end), end < text.length() ? "…" : "");
    }

    private static String percent(double share) {
        return Text.format("%.1f %%", 100 * share);
    }

    private static List<String> row(String first, Stream<String> middle, String... last) {
        return Stream.concat(Stream.concat(Stream.of(first), middle), Stream.of(last)).toList();
    }

    /** The first column flush left, numbers flush right beside it. */
    private static String numbers(List<List<String>> rows) {
        int first = rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(row.get(0) + " ".repeat(first - row.get(0).length()));
            row.stream().skip(1).forEach(cell -> line.append(Text.format("%11s", cell)));
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
