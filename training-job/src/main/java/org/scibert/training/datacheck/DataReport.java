package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.scibert.io.Json;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.rows.Split;

/**
 * The report of the data check. The same rows give the same report, byte for byte; no text of a row is in it.
 *
 * @param normalisation when two texts count as the same, in words
 * @param nearDuplicates when they count as nearly the same
 * @param droppedRows training rows that were left out as leaks; the rest of the report is without them
 * @param splits in the order of {@link Split}
 * @param balance of the labels
 * @param split what the division of one file can show; null where each split is a file
 * @param tokens lengths of the texts; null before they are measured
 * @param findings errors first, then warnings, then notes
 */
public record DataReport(
        String normalisation,
        NearDuplicateRule nearDuplicates,
        int droppedRows,
        List<SplitSummary> splits,
        ClassBalance balance,
        @JsonInclude(JsonInclude.Include.NON_NULL) Evidence split,
        @JsonInclude(JsonInclude.Include.NON_NULL) TokenTable tokens,
        List<Finding> findings) {
    private static final ObjectWriter JSON = Json.MAPPER
            .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    /**
     * The size of a split.
     *
     * @param rows after leaks were left out, where they were
     * @param texts different ones after {@link Normalisation}
     * @param sha256 digest of the split's file, in hexadecimal
     */
    public record SplitSummary(Split split, int rows, int texts, String sha256) {}

    public DataReport {
        splits = List.copyOf(splits);
        findings = findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    }

    /** This report with the lengths of the texts and the findings about them. */
    DataReport with(TokenTable measured, List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new DataReport(normalisation, nearDuplicates, droppedRows, splits, balance, split, measured, all);
    }

    /** This report with what the division of one file can show. */
    DataReport with(Evidence evidence) {
        return new DataReport(
                normalisation, nearDuplicates, droppedRows, splits, balance, evidence, tokens, findings);
    }

    /** The number of findings of a severity. */
    public int count(Severity severity) {
        return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
    }

    /** The report as JSON, with a line end. */
    public String json() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of records has no JSON; this is a bug", e);
        }
    }
}
