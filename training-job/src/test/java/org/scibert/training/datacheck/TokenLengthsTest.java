package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scibert.training.datacheck.Finding.Severity;
import org.scibert.training.datacheck.TokenTable.TokenLengths;
import org.scibert.training.rows.Split;

class TokenLengthsTest {
    @Test
    void percentilesAreNearestRanks() {
        int[] oneToTwoHundred = IntStream.rangeClosed(1, 200).map(i -> 201 - i).toArray();
        assertThat(TokenLengths.of(Split.TRAIN, oneToTwoHundred, 200))
                .isEqualTo(new TokenLengths(Split.TRAIN, 200, 100, 180, 190, 198, 200, 0, 0));
        assertThat(TokenLengths.of(Split.DEV, new int[] {7}, 7))
                .isEqualTo(new TokenLengths(Split.DEV, 1, 7, 7, 7, 7, 7, 0, 0));
    }

    /** Of 4 + 10 + 16 + 20 tokens, 6 and 10 are beyond 10. */
    @Test
    void aLimitCutsRowsAndTokens() {
        TokenLengths lengths = TokenLengths.of(Split.TRAIN, new int[] {20, 4, 10, 16}, 10);
        assertThat(lengths.rowsCut()).isEqualTo(2 / 4.0);
        assertThat(lengths.tokensCut()).isEqualTo(16 / 50.0);
    }

    @Test
    void textsThatWouldBeCutAreFoundAndManyLostTokensAreAWarning() {
        TokenLengths little = TokenLengths.of(Split.TRAIN, new int[] {11, 10, 10, 10}, 10);
        TokenLengths much = TokenLengths.of(Split.DEV, new int[] {20, 4, 10, 16}, 10);
        TokenLengths nothing = TokenLengths.of(Split.TEST, new int[] {10}, 10);
        List<Finding> findings = new TokenTable("embedded", 10, List.of(little, much, nothing)).findings();
        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.NOTE, Severity.WARNING);
        assertThat(findings).extracting(Finding::count).containsExactly(1, 2);
        assertThat(findings.get(1).what())
                .isEqualTo("2 of 4 dev rows exceed 10 tokens and lose their end: 32.0 % of all tokens");
    }

    @Test
    void aLimitThatLeavesNoTextIsRefused() {
        assertThatThrownBy(() -> new TokenTable("embedded", 2, List.of()))
                .hasMessageContaining("at least 3").hasMessageContaining("is 2");
    }
}
