package org.scibert.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    private static Tokenizer bert;
    private static Tokenizer scibert;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        bert = Vocabularies.BERT.open(Files.createDirectory(folder.resolve("bert")));
        scibert = Vocabularies.SCIBERT.open(Files.createDirectory(folder.resolve("scibert")));
    }

    @AfterAll
    static void close() {
        bert.close();
        scibert.close();
    }

    @Test
    void specialIdsComeFromTheVocabulary() {
        assertThat(bert.encode("Hello world", 8).inputIds()).containsExactly(101, 7592, 2088, 102);
        assertThat(scibert.encode("the", 8).inputIds()).containsExactly(102, 111, 103);
        assertThat(bert.padId()).isZero();
        assertThat(bert.size()).isEqualTo(30_522);
    }

    @Test
    void specialTokensTypedByAUserStayText() {
        for (Tokenizer tokenizer : List.of(bert, scibert)) {
            assertThat(tokenizer.tokenize("[SEP]", 16).tokens()).containsExactly("[CLS]", "[", "sep", "]", "[SEP]");
            for (String typed : List.of("[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]", "a[MASK]b", "[CLS] a [SEP] b")) {
                List<String> tokens = tokenizer.tokenize(typed, 64).tokens();
                assertThat(tokens.subList(1, tokens.size() - 1)).as(typed)
                        .doesNotContain("[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]");
            }
        }
    }

    @Test
    void aCutTextKeepsItsBeginningAndKnowsItsLength() {
        TokenizedText whole = bert.tokenize("a randomized controlled trial in mice", 16);
        TokenizedText cut = bert.tokenize("a randomized controlled trial in mice", 4);
        assertThat(whole.tokens())
                .containsExactly("[CLS]", "a", "random", "##ized", "controlled", "trial", "in", "mice", "[SEP]");
        assertThat(whole.encoding().truncated()).isFalse();
        assertThat(cut.tokens()).containsExactly("[CLS]", "a", "random", "[SEP]");
        assertThat(cut.encoding().inputIds()).endsWith(102);
        assertThat(cut.encoding().used()).isEqualTo(4);
        assertThat(cut.encoding().total()).isEqualTo(9);
        assertThat(cut.encoding().truncated()).isTrue();
    }

    @Test
    void aTextThatJustFitsIsWhole() {
        assertThat(bert.encode("mice", 3).truncated()).isFalse();
        assertThat(bert.encode("mice in", 3).truncated()).isTrue();
    }

    @Test
    void anEmptyTextIsTwoTokens() {
        for (String empty : List.of("", " \n\t", "\u0000\uFFFD")) {
            assertThat(bert.tokenize(empty, 16).tokens()).containsExactly("[CLS]", "[SEP]");
            assertThat(bert.encode(empty, 16).total()).isEqualTo(2);
        }
    }

    @Test
    void aTextIsBlankIfTheNormalizerDropsAllOfIt() {
        for (String blank : List.of(
                "", " \t\u00A0\u3000", "\uE000\uF8FF", "\uFFFD", "\u0301\u0308", "\u200B\u200D\uFEFF", "\uD83D",
                "\u0000\u0007")) {
            assertThat(bert.encode(blank, 16).isBlank()).as(blank.codePoints().boxed().toList().toString()).isTrue();
        }
        for (String text : List.of("a", "\u0301e", ".", "[SEP]", "😀", "日")) {
            assertThat(bert.encode(text, 3).isBlank()).as(text).isFalse();
        }
    }

    @Test
    void spansAreUtf16Indices() {
        String text = "a 😀 gene 😀 expression";
        TokenizedText encoding = bert.tokenize(text, 16);
        assertThat(encoding.tokens()).endsWith("gene", "[UNK]", "expression", "[SEP]");
        assertThat(encoding.spans().stream().map(s -> s.of(text)))
                .containsExactly("", "a", "😀", "gene", "😀", "expression", "");
    }

    @Test
    void accentsAreDroppedAndSpansPointAtTheTextAsTyped() {
        String text = "naïve cafe\u0301 日本";
        TokenizedText encoding = bert.tokenize(text, 16);
        assertThat(encoding.tokens().subList(1, 5)).containsExactly("naive", "cafe", "日", "本");
        assertThat(encoding.spans().get(1).of(text)).isEqualTo("naïve");
        assertThat(encoding.spans().get(2).of(text)).isEqualTo("cafe");
        assertThat(encoding.spans().get(3).of(text)).isEqualTo("日");
    }

    @Test
    void loneSurrogatesAreIgnored() {
        String text = "gene\uD83D \uDE00expression 😀 \uDE00\uD83D mice\uD83D";
        TokenizedText encoding = bert.tokenize(text, 16);
        assertThat(encoding.tokens()).containsExactly("[CLS]", "gene", "expression", "[UNK]", "mice", "[SEP]");
        assertThat(encoding.spans().get(2).of(text)).isEqualTo("expression");
        assertThat(encoding.spans().get(4).of(text)).isEqualTo("mice");
    }

    @Test
    void manyTextsAreEncodedInTheirOrder() {
        List<String> texts = IntStream.range(0, 2_500).mapToObj(i -> "mice " + i).toList();
        List<Encoding> encodings = bert.encode(texts, 8);
        assertThat(encodings).hasSize(2_500);
        for (int i : new int[] {0, 1_023, 1_024, 2_047, 2_048, 2_499}) {
            assertThat(encodings.get(i).inputIds()).isEqualTo(bert.encode(texts.get(i), 8).inputIds());
        }
    }

    @Test
    void manyThreadsShareATokenizer() {
        Encoding alone = scibert.encode("expression of β-catenin in HEK293T cells", 32);
        IntStream.range(0, 2_000).parallel().forEach(i ->
                assertThat(scibert.encode("expression of β-catenin in HEK293T cells", 32).inputIds())
                        .isEqualTo(alone.inputIds()));
    }

    @Test
    void theJsonIsTheTokenizer() throws IOException {
        assertThat(scibert.json()).contains("\"truncation\":null", "\"padding\":null");
        try (Tokenizer again = Tokenizer.fromJson(scibert.json(), 31_090, 0)) {
            assertThat(again.json()).isEqualTo(scibert.json());
            assertThat(again.tokenize("β-catenin", 16).tokens()).isEqualTo(scibert.tokenize("β-catenin", 16).tokens());
        }
    }

    @Test
    void fewerThanThreeTokensAreRefused() {
        assertThatThrownBy(() -> bert.encode("mice", 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxTokens must be at least 3, for [CLS], one piece and [SEP]; is 2");
    }
}
