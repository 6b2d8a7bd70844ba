package org.scibert.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class TokenizerPropertyTest {
    private static Tokenizer tokenizer;

    @BeforeContainer
    static void open() throws IOException {
        String json = Vocabularies.BERT.packagedJson().toString();
        tokenizer = Tokenizer.fromJson(json, Vocabularies.BERT.size, 0);
    }

    @AfterContainer
    static void close() {
        tokenizer.close();
    }

    @Property(seed = "2", tries = 500)
    void spansLieInTheTextInOrder(@ForAll("anyText") String text) {
        TokenizedText encoding = tokenizer.tokenize(text, 512);
        Span before = Span.NONE;
        for (Span span : encoding.spans().subList(1, encoding.encoding().used() - 1)) {
            assertThat(span.end()).isGreaterThan(span.start()).isLessThanOrEqualTo(text.length());
            assertThat(span.start()).isGreaterThanOrEqualTo(before.start());
            assertThat(span.end()).isGreaterThanOrEqualTo(before.end());
            before = span;
        }
    }

    @Property(seed = "2", tries = 500)
    void asciiTokensAreTheLowerCasedTextAtTheirSpans(@ForAll("ascii") String text) {
        TokenizedText encoding = tokenizer.tokenize(text, 512);
        for (int i = 1; i < encoding.encoding().used() - 1; i++) {
            String token = encoding.tokens().get(i);
            String read = encoding.spans().get(i).of(text).toLowerCase(Locale.ROOT);
            assertThat(token.startsWith("##") ? token.substring(2) : token).isEqualTo(read);
        }
    }

    @Property(seed = "2", tries = 300)
    void aCutTextHasExactlyTheTokensAllowed(
            @ForAll("anyText") String text, @ForAll @IntRange(min = 3, max = 20) int max) {
        Encoding whole = tokenizer.encode(text, Integer.MAX_VALUE);
        Encoding cut = tokenizer.encode(text, max);
        assertThat(cut.used()).isEqualTo(Math.min(whole.used(), max));
        assertThat(cut.total()).isEqualTo(whole.used());
        assertThat(cut.inputIds()).startsWith(101).endsWith(102);
        assertThat(Arrays.copyOf(cut.inputIds(), cut.used() - 1))
                .isEqualTo(Arrays.copyOf(whole.inputIds(), cut.used() - 1));
    }

    @Property(seed = "2", tries = 100)
    void theMaskCountsTheTokens(@ForAll("texts") List<String> texts) {
        List<Encoding> encodings = tokenizer.encode(texts, 24);
        Batch batch = Batch.of(encodings, tokenizer.padId());
        assertThat(batch.realTokens()).isEqualTo(encodings.stream().mapToLong(Encoding::used).sum());
        assertThat(batch.columns()).isEqualTo(encodings.stream().mapToInt(Encoding::used).max().getAsInt());
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return anyText().list().ofMinSize(1).ofMaxSize(8);
    }

    /** Everything a char can be, lone surrogates included, with the awkward ones often. */
    @Provide
    Arbitrary<String> anyText() {
        Arbitrary<String> awkward = Arbitraries.of(
                "😀", "e\u0301", "深層", "ﬁ", "İ", "\uD83D", "\uDE00", "\u0000", "\u200B", "[SEP]", "##s", " ",
                "gene");
        return Arbitraries.oneOf(awkward, Arbitraries.strings().ofMaxLength(6)).list().ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    /** Printable; in words short enough not to be [UNK]. */
    @Provide
    Arbitrary<String> ascii() {
        return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(80);
    }
}
