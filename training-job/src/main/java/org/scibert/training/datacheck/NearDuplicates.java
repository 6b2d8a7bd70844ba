package org.scibert.training.datacheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.scibert.io.Text;
import org.scibert.training.datacheck.Finding.Example;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.datacheck.TextIndex.SplitPair;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;

/**
 * Texts of a later split that are nearly those of an earlier one. Texts that stand in both exactly are leaks and not
 * counted again, and a text that an earlier split repeats is one text.
 */
final class NearDuplicates {
    private NearDuplicates() {}

    static List<Finding> find(Splits<Rows> rows, TextIndex index) {
        List<TextIndex.Entry> entries = index.entries();
        NearDuplicateRule rule = NearDuplicateRule.DEFAULT;
        NearDuplicateSearch search =
                new NearDuplicateSearch(rule, entries.stream().map(TextIndex.Entry::text).toList());
        List<Finding> findings = new ArrayList<>();
        for (SplitPair pair : SplitPair.of(rows)) {
            List<NearDuplicateSearch.Match> matches = search.find(
                    numbers(entries, entry -> entry.standsIn(pair.later()) && !entry.standsIn(pair.earlier())),
                    numbers(entries, entry -> entry.standsIn(pair.earlier())));
            if (!matches.isEmpty()) {
                findings.add(finding(pair, rows.of(pair.later()).size(), rule, entries, matches));
            }
        }
        return findings;
    }

    private static int[] numbers(List<TextIndex.Entry> entries, Predicate<TextIndex.Entry> wanted) {
        return IntStream.range(0, entries.size()).filter(i -> wanted.test(entries.get(i))).toArray();
    }

    private static Finding finding(
            SplitPair pair,
            int laterRows,
            NearDuplicateRule rule,
            List<TextIndex.Entry> entries,
            List<NearDuplicateSearch.Match> matches) {
        int rows = matches.stream()
                .mapToInt(match -> entries.get(match.text()).in(pair.later()).size())
                .sum();
        return new Finding(
                Finding.Kind.NEAR_DUPLICATE,
                Severity.WARNING,
                pair.splits(),
                rows,
                Text.format("%s of %s %s rows nearly equal one of %s (similarity %.2f or more); leaks not counted",
                        rows, laterRows, pair.later(), pair.earlier(), rule.threshold()),
                "look at some (check-data --show-texts); where they are one text, keep it in one split",
                matches.stream()
                        .limit(Finding.MAX_EXAMPLES)
                        .map(match -> new Example(
                                List.of(
                                        entries.get(match.text()).in(pair.later()).get(0),
                                        entries.get(match.partner()).in(pair.earlier()).get(0)),
                                0,
                                match.similarity()))
                        .toList());
    }
}
