package org.scibert.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scibert.io.Json;
import org.scibert.io.Text;

/**
 * An encoder folder's tokenizer: tokenizer.json or vocab.txt, under the settings of tokenizer_config.json.
 *
 * @param json as tokenizer.json
 * @param source the file that the vocabulary is from
 * @param notices what was chosen where the files contradict each other or are silent
 */
record TokenizerFiles(ObjectNode json, Path source, List<String> notices) {
    private static final String CONFIG = "tokenizer_config.json";
    /** The settings of tokenizer_config.json that change the tokens, and BertNormalizer's names for them. */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "do_lower_case", "lowercase",
            "strip_accents", "strip_accents",
            "tokenize_chinese_chars", "handle_chinese_chars"));
    /**
     * Share of the pieces that are words with a capital letter from which a vocabulary is taken for a cased one: 34 % of
     * bert-base-cased's are, 0.4 % of the uncased SciBERT's (Greek letters, symbols), none of bert-base-uncased's.
     */
    private static final double CASED = 0.05;

    /** @throws TokenizerException if a file is missing, damaged or of another tokenizer; the message names it */
    static TokenizerFiles read(Path folder) throws IOException {
        Path packaged = folder.resolve("tokenizer.json");
        Path vocabulary = folder.resolve("vocab.txt");
        Path configFile = folder.resolve(CONFIG);
        ObjectNode config = Files.exists(configFile) ? config(configFile) : Json.MAPPER.createObjectNode();
        List<String> notices = new ArrayList<>();
        boolean isPackaged = Files.exists(packaged);
        if (!isPackaged && !Files.exists(vocabulary)) {
            throw new TokenizerException(folder + " has neither tokenizer.json nor vocab.txt; add the encoder's own");
        }
        Path source = isPackaged ? packaged : vocabulary;
        ObjectNode json = isPackaged
                ? TokenizerJson.parse(text(packaged), packaged.toString())
                : TokenizerJson.ofVocabulary(vocabulary, lines(vocabulary));
        apply(config, json, isPackaged, configFile, notices);
        if (!isPackaged && !config.path("do_lower_case").isBoolean()) {
            capital(json).ifPresent(piece -> notices.add(("%s has words with capital letters, such as \"%s\", and no"
                    + " do_lower_case in a %s: texts are read in lower case, as transformers does. If the encoder is cased,"
                    + " put {\"do_lower_case\": false} into that file").formatted(source, piece, CONFIG)));
        }
        return new TokenizerFiles(json, source, List.copyOf(notices));
    }

    private static ObjectNode config(Path file) throws IOException {
        ObjectNode config = TokenizerJson.object(text(file), file.toString());
        for (String setting : SETTINGS.keySet()) {
            JsonNode value = config.path(setting);
            if (!value.isMissingNode() && !value.isBoolean() && !value.isNull()) {
                throw new TokenizerException(
                        "%s: %s must be true or false, is %s".formatted(file, setting, value));
            }
        }
        return config;
    }

    /**
     * Puts the settings over those of the normalizer, as transformers does; where tokenizer.json says otherwise, that is
     * noticed. A normalizer of another type stays as it is, there too.
     */
    private static void apply(
            ObjectNode config, ObjectNode json, boolean isPackaged, Path configFile, List<String> notices) {
        if (!(json.path("normalizer") instanceof ObjectNode normalizer)
                || !normalizer.path("type").asText().equals("BertNormalizer")) {
            return;
        }
        SETTINGS.forEach((setting, name) -> {
            JsonNode value = config.path(setting);
            // For the library, null is a value of strip_accents alone: as lowercase says.
            boolean given = value.isBoolean() || value.isNull() && name.equals("strip_accents");
            if (given && !value.equals(normalizer.path(name))) {
                if (isPackaged) {
                    notices.add("%s says %s: %s, tokenizer.json says %s: the former is followed, as transformers does"
                            .formatted(configFile, setting, value, normalizer.path(name)));
                }
                normalizer.set(name, value);
            }
        });
    }

    /** A word with a capital letter, if there are too many of them for an uncased vocabulary. */
    private static Optional<String> capital(ObjectNode json) {
        List<String> words = new ArrayList<>();
        JsonNode vocabulary = json.path("model").path("vocab");
        vocabulary.fieldNames().forEachRemaining(piece -> {
            if (!piece.startsWith("[") && !piece.startsWith("##") && piece.codePoints().anyMatch(Character::isUpperCase)) {
                words.add(piece);
            }
        });
        // Of several letters, so that the example is not a chemical element or an initial.
        return words.size() < CASED * vocabulary.size()
                ? Optional.empty()
                : words.stream().filter(word -> word.length() > 2).findFirst().or(() -> words.stream().findFirst());
    }

    private static Map<String, Integer> lines(Path vocabulary) throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String piece : text(vocabulary).lines().toList()) {
            Integer earlier = ids.putIfAbsent(piece, ids.size());
            if (earlier != null) {
                throw new TokenizerException(Text.format(
                        "%s has \"%s\" on line %d and again on line %d; a piece has one id",
                        vocabulary, piece, earlier + 1, ids.size() + 1));
            }
        }
        return ids;
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new TokenizerException(file + " is not UTF-8; fetch it again", e);
        }
    }
}
