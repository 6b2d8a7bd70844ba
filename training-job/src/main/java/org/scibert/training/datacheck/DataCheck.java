package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scibert.decision.Task;
import org.scibert.text.Encoding;
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
        JoinedLabels joined = JoinedLabels.of(given);
        Leaks left = dropLeaks ? Leaks.dropped(joined.rows()) : Leaks.kept(joined.rows());
        Splits<Rows> rows = left.rows();
        TextIndex index = TextIndex.of(rows);
        ClassBalance balance = ClassBalance.of(rows, task, positiveLabel);

        List<Finding> findings = new ArrayList<>();
        findings.addAll(TextChecks.leaks(rows, index));
        findings.addAll(RowChecks.headerRows(rows));
        findings.addAll(RowChecks.unknownLabels(rows));
        findings.addAll(LabelChecks.tooMany(rows));
        findings.addAll(LabelChecks.leftOut(rows));
        joined.finding().ifPresent(findings::add);
        findings.addAll(LabelChecks.lookAlikes(rows));
        findings.addAll(LabelChecks.lists(rows));
        findings.addAll(LabelChecks.repeatedIds(rows));
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
                Normalisation.RULE, NearDuplicateRule.DEFAULT, left.count(), splits, balance, null, null, findings));
    }

    /**
     * This check with the lengths of the rows' texts and the findings about them.
     *
     * @param encodings of the rows' texts, cut anywhere
     * @param maxTokens tokens that are read of a text
     */
    public DataCheck tokenized(Splits<List<Encoding>> encodings, String encoder, int maxTokens) {
        TokenTable tokens = TokenTable.of(encodings, encoder, maxTokens);
        List<Finding> findings = new ArrayList<>(RowChecks.droppedTexts(rows, encodings));
        findings.addAll(tokens.findings());
        return new DataCheck(rows, report.with(tokens, findings));
    }

    /**
     * This check with what the division of one file can show.
     *
     * @param rule of the division
     * @param folds of a cross-validation; 0 for a split
     */
    public DataCheck divided(String rule, int folds) {
        return new DataCheck(rows, report.with(Evidence.of(report.balance(), rule, folds)));
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
