package org.scibert.text;

import static ai.djl.huggingface.tokenizers.jni.TokenizersLibrary.LIB;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.scibert.io.Text;
import org.scibert.runtime.Djl;

/**
 * BERT's tokenizer: text to WordPiece ids, tokens and spans.
 *
 * <p>This class adds the special tokens itself: a "[SEP]" that a user types is split into pieces like any other text.
 * It also cuts texts itself: a text is tokenized whole first, so that an encoding knows how much was cut.
 *
 * <p>Owns native memory until it is closed. One tokenizer serves any number of threads, none of which may be encoding
 * while it is closed.
 */
public final class Tokenizer implements AutoCloseable {
    static {
        Djl.configure();
    }

    /** The fewest tokens to ask for: [CLS], one piece of text, [SEP]. */
    public static final int MIN_TOKENS = 3;

    private static final char REPLACEMENT = '\uFFFD';

    /** Texts that are in native memory at a time; more would not be faster. */
    private static final int CHUNK = 1024;
    private static final Map<String, String> TEXT_ONLY =
            Map.of("addSpecialTokens", "false", "truncation", "do_not_truncate", "padding", "do_not_pad");

    private final String json;
    private final Vocabulary vocabulary;
    private final int clsId;
    private final int sepId;
    private final int padId;
    private final List<String> notes;
    private final HuggingFaceTokenizer library;

    private Tokenizer(ObjectNode json, String source, int vocabSize, int padTokenId, List<String> notes)
            throws IOException {
        this.vocabulary = Vocabulary.of(json, source, vocabSize, padTokenId);
        this.clsId = vocabulary.clsId();
        this.sepId = vocabulary.sepId();
        this.padId = vocabulary.padId();
        this.notes = Stream.concat(notes.stream(), vocabulary.notes(source).stream()).toList();
        this.json = json.toString();
        byte[] text = TokenizerJson.withoutSpecialTokens(json).getBytes(StandardCharsets.UTF_8);
        try {
            this.library = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(text), TEXT_ONLY);
        } catch (RuntimeException e) {
            throw new TokenizerException(Text.format("%s can't be used: %s", source, e.getMessage()), e);
        }
    }

    /**
     * Opens the tokenizer of an encoder's folder: tokenizer.json if it exists, else vocab.txt. Texts are lower-cased if
     * tokenizer_config.json says so, even against tokenizer.json, as transformers does. Where nothing says so, texts
     * are lower-cased for a vocabulary without capital letters, such as SciBERT's. {@link #notes} says what is unusual.
     *
     * @param vocabSize {@code vocab_size} of the encoder's config.json
     * @param padTokenId {@code pad_token_id} of the encoder's config.json
     * @throws TokenizerException if the vocabulary is not the encoder's, or not BERT's
     */
    public static Tokenizer load(Path folder, int vocabSize, int padTokenId) throws IOException {
        TokenizerConfig config = TokenizerConfig.read(folder);
        Path file = folder.resolve("tokenizer.json");
        List<String> notes = new ArrayList<>();
        ObjectNode json;
        if (Files.exists(file)) {
            json = TokenizerJson.parse(Files.readString(file), file.toString());
            notes.addAll(config.applyTo(json, file.toString()));
        } else {
            file = folder.resolve("vocab.txt");
            if (!Files.exists(file)) {
                throw new TokenizerException(
                        folder + " has neither tokenizer.json nor vocab.txt; add the encoder's own");
            }
            json = TokenizerJson.ofVocabulary(file, config);
        }
        notes.addAll(config.casing(json, file.toString()));
        return new Tokenizer(json, file.toString(), vocabSize, padTokenId, notes);
    }

    /** Opens the tokenizer that a tokenizer.json describes; parameters and errors as with {@link #load}. */
    public static Tokenizer fromJson(String tokenizerJson, int vocabSize, int padTokenId) throws IOException {
        String source = "tokenizer.json";
        return new Tokenizer(
                TokenizerJson.parse(tokenizerJson, source), source, vocabSize, padTokenId, List.of());
    }

    /**
     * Encodes one text. A text that is too long loses its end.
     *
     * @param maxTokens most tokens of the encoding, [CLS] and [SEP] included; from {@link #MIN_TOKENS} to the positions
     *     of the encoder
     */
    public Encoding encode(String text, int maxTokens) {
        return encode(List.of(text), maxTokens).get(0);
    }

    /** Encodes many texts on all cores, in their order; otherwise as {@link #encode(String, int)}. */
    public List<Encoding> encode(List<String> texts, int maxTokens) {
        return map(texts, maxTokens, (text, pieces) -> encoding(LIB.getTokenIds(pieces), maxTokens));
    }

    /** Encodes one text and shows its tokens; parameters as with {@link #encode(String, int)}. */
    public TokenizedText tokenize(String text, int maxTokens) {
        return tokenize(List.of(text), maxTokens).get(0);
    }

    /** Encodes many texts and shows their tokens: about 100 bytes a token, where an encoding has 4. */
    public List<TokenizedText> tokenize(List<String> texts, int maxTokens) {
        return map(texts, maxTokens, (text, pieces) -> tokenized(text, pieces, maxTokens));
    }

    /** This tokenizer as tokenizer.json, without padding and truncation; the same bytes each time. */
    public String json() {
        return json;
    }

    /** Sentences on what is unusual in the encoder's files and how it was understood, for the user. */
    public List<String> notes() {
        return notes;
    }

    /** The number of pieces in the vocabulary, V. */
    public int size() {
        return vocabulary.size();
    }

    /** The input id of [PAD]. */
    public long padId() {
        return padId;
    }

    /** The input id of [UNK], which stands for what the vocabulary has no pieces for. */
    public int unknownId() {
        return vocabulary.unkId();
    }

    /** The input id of [MASK], which stands for a token that is hidden; [UNK]'s where the vocabulary has no [MASK]. */
    public int maskId() {
        return vocabulary.maskId();
    }

    @Override
    public void close() {
        library.close();
    }

    /**
     * Tokenizes texts by the library's native calls. Its Java class builds a string and five numbers for each token,
     * read or not; here the caller fetches what it reads.
     *
     * @param read makes the result from a text and the native handle of its pieces
     */
    private <T> List<T> map(List<String> texts, int maxTokens, BiFunction<String, Long, T> read) {
        check(maxTokens);
        List<T> results = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += CHUNK) {
            List<String> chunk = texts.subList(from, Math.min(from + CHUNK, texts.size()));
            long[] encoded = LIB.batchEncode(
                    library.getHandle(), chunk.stream().map(Tokenizer::wellFormed).toArray(String[]::new), false);
            try {
                for (int i = 0; i < encoded.length; i++) {
                    results.add(read.apply(chunk.get(i), encoded[i]));
                }
            } finally {
                for (long pieces : encoded) {
                    LIB.deleteEncoding(pieces);
                }
            }
        }
        return results;
    }

    /**
     * Replaces lone surrogates by U+FFFD. With a lone surrogate in a text, native code loses the whole pairs too and
     * its spans shift. Indices stay the same, and BERT's normalizer drops U+FFFD.
     */
    private static String wellFormed(String text) {
        StringBuilder copy = null;
        for (int i = 0; i < text.length(); i++) {
            int point = text.codePointAt(i);
            if (Character.isSupplementaryCodePoint(point)) {
                i++;
            } else if (Character.isSurrogate((char) point)) {
                copy = copy == null ? new StringBuilder(text) : copy;
                copy.setCharAt(i, REPLACEMENT);
            }
        }
        return copy == null ? text : copy.toString();
    }

    /**
     * Adds [CLS] and [SEP], and cuts what is too long.
     *
     * @param pieces ids of the whole text
     */
    private Encoding encoding(long[] pieces, int maxTokens) {
        int total = pieces.length + Encoding.SPECIAL_TOKENS;
        int[] ids = new int[Math.min(total, maxTokens)];
        ids[0] = clsId;
        for (int i = 1; i < ids.length - 1; i++) {
            ids[i] = (int) pieces[i - 1];
        }
        ids[ids.length - 1] = sepId;
        return new Encoding(ids, total);
    }

    private TokenizedText tokenized(String text, long pieces, int maxTokens) {
        Encoding encoding = encoding(LIB.getTokenIds(pieces), maxTokens);
        String[] names = LIB.getTokens(pieces);
        CharSpan[] codePoints = LIB.getTokenCharSpans(pieces);
        int[] utf16 = Utf16.indices(text);
        List<String> tokens = new ArrayList<>(encoding.used());
        List<Span> spans = new ArrayList<>(encoding.used());
        tokens.add("[CLS]");
        spans.add(Span.NONE);
        for (int i = 0; i < encoding.used() - Encoding.SPECIAL_TOKENS; i++) {
            tokens.add(names[i]);
            spans.add(new Span(utf16[codePoints[i].getStart()], utf16[codePoints[i].getEnd()]));
        }
        tokens.add("[SEP]");
        spans.add(Span.NONE);
        return new TokenizedText(encoding, tokens, spans);
    }

    private static void check(int maxTokens) {
        if (maxTokens < MIN_TOKENS) {
            throw new IllegalArgumentException(Text.format(
                    "maxTokens must be at least %d, for [CLS], one piece and [SEP]; is %d",
                    MIN_TOKENS, maxTokens));
        }
    }
}
