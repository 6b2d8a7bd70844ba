package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scibert.decision.Task;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/**
 * The result of the data check.
 *
 * @param rows to train with: as given, or without leaks
 * @param report about these rows
 */
public record DataCheck(Splits<Rows> rows, DataReport report) {

    /**
     * Checks rows; tokens are measured later, with {@link DataReport#with}.
     *
     * @param dropLeaks whether training rows that stand in dev or test are left out first
     * @param task what the labels are for; empty: by the training rows
     * @param positiveLabel of binary rows; empty: by the training rows
     * @throws DataException if the training rows leave nothing to tell apart
     */
    public static DataCheck of(
            Splits<Rows> given, boolean dropLeaks, Optional<Task> task, Optional<String> positiveLabel)
            throws DataException {
        Leaks left = dropLeaks ? Leaks.dropped(given) : Leaks.kept(given);
        Splits<Rows> rows = left.rows();
        TextIndex index = TextIndex.of(rows);
        ClassBalance balance = ClassBalance.of(rows, task, positiveLabel);

        List<Finding> findings = new ArrayList<>();
        findings.addAll(TextChecks.leaks(rows, index));
        findings.addAll(RowChecks.headerRows(rows));
        findings.addAll(RowChecks.unknownLabels(rows));
        findings.addAll(NearDuplicates.find(rows, index));
        findings.addAll(TextChecks.conflicts(index));
        findings.addAll(TextChecks.duplicates(rows, index));
        findings.addAll(RowChecks.emptyTexts(rows));
        findings.addAll(balance.rareLabels());
        left.finding().ifPresent(findings::add);

        List<DataReport.SplitSummary> splits = new ArrayList<>();
        rows.bySplit().forEach((split, of) ->
                splits.add(new DataReport.SplitSummary(split, of.size(), index.texts(split), of.sha256())));
        return new DataCheck(rows, new DataReport(
                Normalisation.RULE, NearDuplicateRule.DEFAULT, left.count(), splits, balance, null, findings));
    }

    /** @throws DataException if there is an error among the findings */
    public void refuseErrors() throws DataException {
        List<Finding> errors = report.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new DataException(rows.train().file(), errors.stream()
                    .map(Finding::what)
                    .collect(Collectors.joining("; ", "the strict data check found: ",
                            "; mend the data, or go on without --strict")));
        }
    }
}
