package org.scibert.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scibert.text.Vocabularies.Reference;

class ReferenceTokenizationTest {
    private static final int LONG = 4_096;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void vocabTxtGivesTheReferenceIds(Vocabularies vocabulary) throws IOException {
        try (Tokenizer tokenizer = vocabulary.open(folder)) {
            assertReferenceIds(vocabulary, tokenizer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPackagedTokenizerJsonGivesTheReferenceIds(Vocabularies vocabulary) throws IOException {
        String json = vocabulary.packagedJson().toString();
        try (Tokenizer tokenizer = Tokenizer.fromJson(json, vocabulary.size, 0)) {
            assertReferenceIds(vocabulary, tokenizer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theReleasedTokenizerJsonGivesTheReferenceIdsInOtherTools(Vocabularies vocabulary) throws IOException {
        try (Tokenizer ours = vocabulary.open(folder);
                HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(
                        new ByteArrayInputStream(ours.json().getBytes(StandardCharsets.UTF_8)),
                        Map.of("truncation", "false"))) {
            for (Reference reference : Vocabularies.references()) {
                assertThat(theirs.encode(reference.text()).getIds())
                        .as(reference.text())
                        .isEqualTo(Arrays.stream(vocabulary.ids(reference)).asLongStream().toArray());
            }
        }
    }

    /** All 170, but for the one with special tokens typed into it: for the reference they are special, for us text. */
    private static void assertReferenceIds(Vocabularies vocabulary, Tokenizer tokenizer) {
        List<Reference> references = Vocabularies.references();
        assertThat(references).hasSize(170);
        List<String> lines = vocabulary.lines();
        List<TokenizedText> batch = tokenizer.tokenize(references.stream().map(Reference::text).toList(), LONG);
        int equal = 0;
        for (int i = 0; i < references.size(); i++) {
            String text = references.get(i).text();
            int[] ids = tokenizer.encode(text, LONG).inputIds();
            TokenizedText one = tokenizer.tokenize(text, LONG);
            assertThat(one.encoding().inputIds()).isEqualTo(ids);
            assertThat(batch.get(i).encoding().inputIds()).isEqualTo(ids);
            assertThat(batch.get(i).spans()).isEqualTo(one.spans());
            assertThat(one.tokens()).containsExactlyElementsOf(Arrays.stream(ids).mapToObj(lines::get).toList());
            if (text.contains("[SEP]")) {
                assertThat(ids).isNotEqualTo(vocabulary.ids(references.get(i)));
            } else {
                assertThat(ids).as(text).isEqualTo(vocabulary.ids(references.get(i)));
                equal++;
            }
        }
        assertThat(equal).isEqualTo(169);
    }
}
