package org.scibert.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.io.Text;

class TokenizerFilesTest {
    @TempDir
    private Path folder;

    @Test
    void textIsLowerCasedUnlessTheFolderSaysOtherwise() throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "rats", "mice", "é", "e");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "mice", "e", "[SEP]");
        assertThat(notes()).isEmpty();
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "Mice", "mice", "é", "e");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "Mice", "é", "[SEP]");
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": true, \"strip_accents\": false}");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "mice", "é", "[SEP]");
    }

    @Test
    void aCasedVocabularyIsReadAsOneAndThisIsSaid() throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "Mice", "mice", "é", "e");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "Mice", "é", "[SEP]");
        assertThat(notes()).singleElement().asString()
                .contains("vocab.txt has 1 piece with capital letters", "no tokenizer_config.json", "cased");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
        assertThat(notes()).isEmpty();
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": true}");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "mice", "e", "[SEP]");
        assertThat(notes()).singleElement().asString().contains("in lower case", "never used", "do_lower_case");
    }

    @Test
    void aFewPiecesWithCapitalLettersMakeNoCasedVocabulary() throws IOException {
        try (Tokenizer tokenizer = Vocabularies.SCIBERT.open(folder)) {
            assertThat(tokenizer.notes()).isEmpty();
        }
        List<String> lines = new ArrayList<>(Vocabularies.SCIBERT.lines());
        lines.set(31_089, "DNA");
        Files.write(folder.resolve("vocab.txt"), lines);
        try (Tokenizer tokenizer = Tokenizer.load(folder, 31_090, 0)) {
            assertThat(tokenizer.tokenize("CELL", 8).tokens()).contains("cell");
        }
    }

    @Test
    void tokenizerConfigGoesBeforeTokenizerJsonAsInTransformers() throws IOException {
        ObjectNode json = Vocabularies.BERT.packagedJson();
        for (boolean lowerCase : new boolean[] {true, false}) {
            json.withObjectProperty("normalizer").put("lowercase", !lowerCase).put("strip_accents", lowerCase);
            Files.writeString(folder.resolve("tokenizer.json"), json.toString());
            Files.writeString(folder.resolve("tokenizer_config.json"),
                    "{\"do_lower_case\": %s, \"strip_accents\": %s}".formatted(lowerCase, !lowerCase));
            try (Tokenizer tokenizer = Tokenizer.load(folder, 30_522, 0)) {
                assertThat(tokenizer.tokenize("Mice", 8).tokens().contains("mice")).isEqualTo(lowerCase);
                assertThat(tokenizer.json()).contains("\"lowercase\":" + lowerCase, "\"strip_accents\":" + !lowerCase);
                assertThat(tokenizer.notes()).hasSize(2).first().asString()
                        .contains("says do_lower_case " + lowerCase, "says lowercase " + !lowerCase);
            }
        }
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"strip_accents\": null}");
        try (Tokenizer tokenizer = Tokenizer.load(folder, 30_522, 0)) {
            assertThat(tokenizer.json()).contains("\"strip_accents\":null");
        }
    }

    @Test
    void aBrokenTokenizerConfigIsNamed() throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "mice");
        Path config = folder.resolve("tokenizer_config.json");
        for (String broken : List.of("{", "", "[]", "null", "version https://git-lfs.github.com/spec/v1\n",
                "{\"do_lower_case\": \"false\"}", "{\"strip_accents\": 0}")) {
            Files.writeString(config, broken);
            assertRefused(5, 0).as(broken).hasMessageContaining(config.toString())
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("REDACTED"));
        }
    }

    @Test
    void rowsOfTheEmbeddingBeyondTheVocabularyAreTakenAndSaid() throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), Vocabularies.BERT.text());
        for (int rows : new int[] {30_528, 30_592, 31_522}) {
            try (Tokenizer tokenizer = Tokenizer.load(folder, rows, 0)) {
                assertThat(tokenizer.size()).isEqualTo(30_522);
                assertThat(tokenizer.notes()).singleElement().asString().contains(
                        "vocab.txt has 30522 pieces", Text.format(
                                "%d rows",
                                rows), Text.format("last %d rows", rows - 30_522));
                Tokenizer.fromJson(tokenizer.json(), rows, 0).close();
            }
        }
    }

    @Test
    void tokenizerJsonGoesBeforeVocabTxt() throws IOException {
        vocabulary("not", "read");
        Files.writeString(folder.resolve("tokenizer.json"), Vocabularies.BERT.packagedJson().toString());
        try (Tokenizer tokenizer = Tokenizer.load(folder, 30_522, 0)) {
            assertThat(tokenizer.encode("mice", 128).used()).isEqualTo(3);
        }
    }

    @Test
    void aFolderWithoutTokenizerIsRefused() {
        assertRefused(8, 0).hasMessage(folder + " has neither tokenizer.json nor vocab.txt; add the encoder's own");
    }

    @Test
    void aVocabularyOfAnotherSizeIsRefused() throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "mice");
        assertRefused(6, 0).hasMessage(folder.resolve("vocab.txt")
                + " has 5 pieces, its config.json says vocab_size 6; take both files from the same encoder");
    }

    @Test
    void padWhereItDoesNotBelongIsRefused() throws IOException {
        vocabulary("mice", "[PAD]", "[UNK]", "[CLS]", "[SEP]");
        assertRefused(5, 0).hasMessage(folder.resolve("vocab.txt")
                + " has [PAD] at id 1, its config.json says pad_token_id 0; take both files from the same encoder");
    }

    @Test
    void aLineTwiceIsRefused() throws IOException {
        vocabulary("[PAD]", "[UNK]", "mice", "[CLS]", "[SEP]", "mice");
        assertRefused(6, 0).hasMessage(folder.resolve("vocab.txt")
                + " has \"mice\" on line 3 and again on line 6; a piece has one id");
    }

    @Test
    void aVocabularyWithoutASpecialPieceIsRefused() throws IOException {
        List<String> special = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]");
        for (String lacking : special) {
            vocabulary(special.stream().map(s -> s.equals(lacking) ? "mice" : s).toArray(String[]::new));
            assertRefused(4, 0).hasMessage(folder.resolve("vocab.txt") + " lacks " + lacking
                    + "; use the vocabulary that the BERT encoder was pretrained with");
        }
    }

    @Test
    void aVocabularyThatIsNotTextIsRefused() throws IOException {
        Files.write(folder.resolve("vocab.txt"), new byte[] {'a', '\n', (byte) 0xFF, '\n'});
        assertRefused(2, 0).hasMessage(folder.resolve("vocab.txt") + " is not UTF-8");
    }

    @Test
    void aTokenizerJsonIsCheckedLikeAVocabulary() throws IOException {
        ObjectNode json = Vocabularies.BERT.packagedJson();
        assertRefused(json, 34_000, 0).hasMessage("tokenizer.json has 30522 pieces, its config.json says vocab_size "
                + "34000; take both files from the same encoder");
        assertRefused(json, 30_521, 0).hasMessageContaining("vocab_size 30521; take both files from the same encoder");
        assertRefused(json, 30_522, 1).hasMessageContaining("[PAD] at id 0, its config.json says pad_token_id 1");
        ObjectNode vocab = json.withObjectProperty("model").withObjectProperty("vocab");
        vocab.put("mice", 7592);
        assertRefused(json, 30_522, 0).hasMessage("tokenizer.json gives \"mice\" the id 7592, which is taken; "
                + "ids run from 0 to 30521, each once");
        vocab.put("mice", 30_522);
        assertRefused(json, 30_522, 0).hasMessageContaining("the id 30522, which is outside the vocabulary");
    }

    @Test
    void aTokenizerJsonOfAnotherKindIsRefused() throws IOException {
        ObjectNode json = Vocabularies.BERT.packagedJson();
        json.withObjectProperty("model").put("type", "BPE");
        assertRefused(json, 30_522, 0).hasMessage(
                "tokenizer.json has a model of type BPE; BERT's is WordPiece: use a BERT encoder");
        assertThatThrownBy(() -> Tokenizer.fromJson("{\"model\":", 30_522, 0))
                .isInstanceOf(TokenizerException.class).hasMessage(
                        "tokenizer.json is not JSON (at line 1, column 10); take the file that belongs to the encoder");
        assertThatThrownBy(() -> Tokenizer.fromJson("[]", 30_522, 0))
                .isInstanceOf(TokenizerException.class)
                .hasMessage("tokenizer.json holds no JSON object; take the file that belongs to the encoder");
    }

    @Test
    void aModelWithoutATypeIsKnownByItsFields() throws IOException {
        ObjectNode json = Vocabularies.BERT.packagedJson();
        ObjectNode model = json.withObjectProperty("model");
        model.remove("type");
        try (Tokenizer tokenizer = Tokenizer.fromJson(json.toString(), 30_522, 0)) {
            assertThat(tokenizer.encode("Hello world", 8).inputIds()).containsExactly(101, 7592, 2088, 102);
            assertThat(tokenizer.json()).as("released with its type").contains("\"type\":\"WordPiece\"");
        }
        model.putArray("merges");
        assertRefused(json, 30_522, 0).hasMessage(
                "tokenizer.json has a model of type none; BERT's is WordPiece: use a BERT encoder");
    }

    @Test
    void aTokenizerJsonThatTheLibraryRefusesIsRefused() throws IOException {
        ObjectNode json = Vocabularies.BERT.packagedJson();
        json.putObject("normalizer").put("type", "NoSuchNormalizer");
        assertRefused(json, 30_522, 0).hasMessageStartingWith("tokenizer.json can't be used: ");
    }

    private void vocabulary(String... lines) throws IOException {
        Files.write(folder.resolve("vocab.txt"), List.of(lines));
    }

    private List<String> tokens(String text) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(folder, 8, 0)) {
            return tokenizer.tokenize(text, 16).tokens();
        }
    }

    private List<String> notes() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(folder, 8, 0)) {
            return tokenizer.notes();
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(int vocabSize, int padTokenId) {
        return assertThatThrownBy(() -> Tokenizer.load(folder, vocabSize, padTokenId))
                .isInstanceOf(TokenizerException.class);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ObjectNode json, int size, int pad) {
        return assertThatThrownBy(() -> Tokenizer.fromJson(json.toString(), size, pad))
                .isInstanceOf(TokenizerException.class);
    }
}
