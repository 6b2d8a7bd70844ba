package org.scibert.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.io.Json;

class TokenizerFilesTest {
    @TempDir
    private Path folder;

    @Test
    void textIsLowerCasedUnlessTheFolderSaysOtherwise() throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "Mice", "mice", "é", "e");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "mice", "e", "[SEP]");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "Mice", "é", "[SEP]");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"strip_accents\": false}");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "mice", "é", "[SEP]");
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
    void tokenizerConfigDecidesOnCaseAndAccentsBeforeTokenizerJson() throws IOException {
        Path config = folder.resolve("tokenizer_config.json");
        json("{\"type\": \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true,"
                + " \"strip_accents\": null, \"lowercase\": true}");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "mice", "e", "[SEP]");
        assertThat(notices()).isEmpty();

        Files.writeString(config, "{\"do_lower_case\": false}");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "Mice", "é", "[SEP]");
        assertThat(notices()).containsExactly(config + " says do_lower_case: false, tokenizer.json says true: the former is"
                + " followed, as transformers does");

        Files.writeString(config, "{\"do_lower_case\": true, \"strip_accents\": false}");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "mice", "é", "[SEP]");
        assertThat(notices()).containsExactly(config + " says strip_accents: false, tokenizer.json says null: the former is"
                + " followed, as transformers does");

        json("{\"type\": \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true,"
                + " \"strip_accents\": true, \"lowercase\": false}");
        Files.writeString(config, "{\"do_lower_case\": true, \"strip_accents\": null}");
        assertThat(tokens("Mice é")).containsExactly("[CLS]", "mice", "e", "[SEP]");
        assertThat(notices()).hasSize(2);
        Files.writeString(config, "{\"tokenizer_class\": \"BertTokenizer\"}");
        assertThat(tokens("Mice é")).as("what is silent changes nothing").containsExactly("[CLS]", "Mice", "e", "[SEP]");
    }

    @Test
    void theReleasedTokenizerHasTheSettingsThatWereFollowed() throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "Mice", "mice", "é", "e");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
        try (Tokenizer tokenizer = Tokenizer.load(folder, 8, 0); Tokenizer released = Tokenizer.fromJson(tokenizer.json(), 8, 0)) {
            assertThat(released.tokenize("Mice é", 8).tokens()).containsExactly("[CLS]", "Mice", "é", "[SEP]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"do_lower_case\": false,  | is damaged: it is no JSON from line 1, column ",
        "[]                          | is not a JSON object; fetch it again",
        "~~                          | is not a JSON object; fetch it again",
        "{\"do_lower_case\": \"yes\"}  | : do_lower_case must be true or false, is \"yes\"",
        "{\"strip_accents\": 1}      | : strip_accents must be true or false, is 1",
    })
    void aBrokenTokenizerConfigIsNamed(String content, String message) throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "mice");
        Path config = Files.writeString(folder.resolve("tokenizer_config.json"), content);
        assertRefused(5, 0).hasMessageStartingWith(config.toString()).hasMessageContaining(message);
        Files.writeString(folder.resolve("tokenizer.json"), Vocabularies.BERT.packagedJson().toString());
        assertRefused(30_522, 0).hasMessageStartingWith(config.toString());
    }

    @Test
    void aCasedVocabularyThatIsReadInLowerCaseIsNoticed() throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "P", "Mice", "mice", "e");
        String notice = folder.resolve("vocab.txt") + " has words with capital letters, such as \"Mice\", and no do_lower_case"
                + " in a tokenizer_config.json: texts are read in lower case, as transformers does. If the encoder is cased,"
                + " put {\"do_lower_case\": false} into that file";
        assertThat(notices()).containsExactly(notice);
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": 512}");
        assertThat(notices()).containsExactly(notice);
        for (String said : List.of("true", "false")) {
            Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": %s}".formatted(said));
            assertThat(notices()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUncasedVocabularyWithSymbolsIsNotTakenForACasedOne(Vocabularies vocabulary) throws IOException {
        try (Tokenizer tokenizer = vocabulary.open(folder)) {
            assertThat(tokenizer.notices()).isEmpty();
        }
    }

    @Test
    void aModelWithoutATypeIsRecognisedByItsFields() throws IOException {
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
    void aPaddedWordEmbeddingIsTakenAndNoticed() throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "mice");
        try (Tokenizer tokenizer = Tokenizer.load(folder, 64, 0)) {
            assertThat(tokenizer.notices()).containsExactly(folder.resolve("vocab.txt")
                    + " has 5 pieces, the word embedding 64 rows: the last 59 are never used");
        }
        ObjectNode json = Vocabularies.BERT.packagedJson();
        try (Tokenizer tokenizer = Tokenizer.fromJson(json.toString(), 31_500, 0)) {
            assertThat(tokenizer.size()).isEqualTo(30_522);
        }
        assertRefused(json, 34_000, 0).hasMessage("tokenizer.json has 30522 pieces, its config.json says vocab_size 34000: it"
                + " is cut off, or of another encoder; take both files from the same encoder");
    }

    @Test
    void aVocabularyWithMorePiecesThanTheWordEmbeddingHasRowsIsRefused() throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "mice");
        assertRefused(4, 0).hasMessage(folder.resolve("vocab.txt")
                + ", of 5 pieces, gives \"mice\" the id 4, which is outside the word embedding; by vocab_size 4 of its"
                + " config.json ids run from 0 to 3, each once; take both files from the same encoder");
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
        assertRefused(2, 0).hasMessage(folder.resolve("vocab.txt") + " is not UTF-8; fetch it again");
    }

    @Test
    void aTokenizerJsonIsCheckedLikeAVocabulary() throws IOException {
        ObjectNode json = Vocabularies.BERT.packagedJson();
        assertRefused(json, 30_522, 1).hasMessageContaining("[PAD] at id 0, its config.json says pad_token_id 1");
        ObjectNode vocab = json.withObjectProperty("model").withObjectProperty("vocab");
        vocab.put("mice", 7592);
        assertRefused(json, 30_522, 0).hasMessageContaining("gives \"mice\" the id 7592, which is taken");
        vocab.put("mice", 30_522);
        assertRefused(json, 30_522, 0).hasMessageContaining("the id 30522, which is outside the word embedding");
    }

    @Test
    void aTokenizerJsonOfAnotherKindIsRefused() throws IOException {
        ObjectNode json = Vocabularies.BERT.packagedJson();
        json.withObjectProperty("model").put("type", "BPE");
        assertRefused(json, 30_522, 0).hasMessage(
                "tokenizer.json has a model of type BPE; BERT's is WordPiece: use a BERT encoder");
        assertThatThrownBy(() -> Tokenizer.fromJson("{\"model\":", 30_522, 0))
                .isInstanceOf(TokenizerException.class).hasMessage(
                        "tokenizer.json is damaged: it is no JSON from line 1, column 10 on; fetch it again");
        assertThatThrownBy(() -> Tokenizer.fromJson("[]", 30_522, 0))
                .isInstanceOf(TokenizerException.class)
                .hasMessage("tokenizer.json is not a JSON object; fetch it again");
    }

    @Test
    void aTokenizerJsonThatTheLibraryRefusesIsRefused() throws IOException {
        ObjectNode json = Vocabularies.BERT.packagedJson();
        json.putObject("normalizer").put("type", "NoSuchNormalizer");
        assertRefused(json, 30_522, 0).hasMessageStartingWith("tokenizer.json can't be used, the tokenizers library finds: ");
    }

    private void vocabulary(String... lines) throws IOException {
        Files.write(folder.resolve("vocab.txt"), List.of(lines));
    }

    private void json(String normalizer) throws IOException {
        vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "Mice", "mice", "é", "e");
        try (Tokenizer tokenizer = Tokenizer.load(folder, 8, 0)) {
            ObjectNode json = (ObjectNode) Json.MAPPER.readTree(tokenizer.json());
            json.set("normalizer", Json.MAPPER.readTree(normalizer));
            Files.writeString(folder.resolve("tokenizer.json"), json.toString());
        }
    }

    private List<String> notices() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(folder, 8, 0)) {
            return tokenizer.notices();
        }
    }

    private List<String> tokens(String text) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(folder, 8, 0)) {
            return tokenizer.tokenize(text, 16).tokens();
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
