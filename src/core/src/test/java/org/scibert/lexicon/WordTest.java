package org.scibert.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WordTest {
    private static final Pattern PATTERN = Pattern.compile("[\\p{L}\\p{N}_]{2,}");

    @Test
    void wordsHaveTwoCharactersOrMoreInLowerCase() {
        assertThat(Word.of("A p-value of 0.05 in COVID_19, β₂-agonists; 𝒳 𝒳𝒴")).extracting(Word::lower)
                .containsExactly("value", "of", "05", "in", "covid_19", "β₂", "agonists", "𝒳𝒴");
    }

    @Test
    void spansAreThoseOfTheTextInUtf16() {
        String text = "𝒳 Mice eat";
        assertThat(Word.of(text)).containsExactly(new Word("mice", 3, 7), new Word("eat", 8, 11));
        assertThat(Word.of("")).isEmpty();
        assertThat(Word.of("? ! x")).isEmpty();
    }

    @Property(tries = 200)
    void theScannerFindsWhatTheStatedPatternFinds(@ForAll String text) {
        assertThat(Word.of(text)).extracting(Word::lower).containsExactlyElementsOf(PATTERN.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList());
    }
}
