package org.scibert.training.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.scibert.io.IoFunction;
import org.scibert.io.Sha256;
import org.scibert.io.Text;
import org.scibert.weights.Tensor;
import org.scibert.weights.WeightsException;

/**
 * Weights in several files beside an index, {@code model.safetensors.index.json} or
 * {@code pytorch_model.bin.index.json}, that says which file holds which tensor.
 */
final class ShardedWeights implements WeightsFile {
    /** A shard lies beside its index: no separator of folders, no dot in front. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    private final Path index;
    private final Map<String, String> shardOf;
    private final Map<String, WeightsFile> shards;

    private ShardedWeights(Path index, Map<String, String> shardOf, Map<String, WeightsFile> shards) {
        this.index = index;
        this.shardOf = shardOf;
        this.shards = shards;
    }

    /**
     * Opens the index and all shards that it names.
     *
     * @param open opens a shard
     * @throws EncoderException if a shard is missing
     * @throws WeightsException if the index is broken, or names a tensor that its shard lacks
     */
    static ShardedWeights open(Path index, IoFunction<Path, WeightsFile> open) throws IOException {
        Map<String, String> shardOf = weightMap(index);
        ShardedWeights weights = new ShardedWeights(index, shardOf, new LinkedHashMap<>());
        try {
            for (String name : new TreeSet<>(shardOf.values())) {
                weights.shards.put(name, open.apply(file(index, name)));
            }
            for (Map.Entry<String, String> placed : shardOf.entrySet()) {
                if (!weights.shards.get(placed.getValue()).names().contains(placed.getKey())) {
                    throw new WeightsException(Text.format(
                            "%s says that %s holds tensor %s, which it lacks; fetch all files again",
                            index, placed.getValue(), placed.getKey()));
                }
            }
            return weights;
        } catch (IOException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** The names of the files that an index names, in order. */
    static SortedSet<String> shards(Path index) throws IOException {
        return new TreeSet<>(weightMap(index).values());
    }

    /** The SHA-256 of what sha256sum prints for the shards, in the order of their names. */
    static String digest(Path index) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String name : shards(index)) {
            lines.append(Sha256.hex(file(index, name))).append("  ").append(name).append('\n');
        }
        return Sha256.hex(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String source() {
        return index.toString();
    }

    @Override
    public Set<String> names() {
        return shardOf.keySet();
    }

    @Override
    public long[] shape(String name) {
        return shards.get(shardOf.get(name)).shape(name);
    }

    @Override
    public Tensor read(String name) throws IOException {
        return shards.get(shardOf.get(name)).read(name);
    }

    @Override
    public void close() throws IOException {
        for (WeightsFile shard : shards.values()) {
            shard.close();
        }
    }

    private static Path file(Path index, String name) throws IOException {
        Path file = index.resolveSibling(name);
        if (!Files.isRegularFile(file)) {
            throw new EncoderException(Text.format("%s names %s, which is not there; fetch all files of the encoder",
                    index, name));
        }
        EncoderFolder.requireItself(file);
        return file;
    }

    /** The file of each tensor. */
    private static Map<String, String> weightMap(Path index) throws IOException {
        JsonNode json = EncoderFolder.json(index).path("weight_map");
        Map<String, String> shardOf = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> placed : json.properties()) {
            String shard = placed.getValue().asText();
            if (!placed.getValue().isTextual() || !FILE_NAME.matcher(shard).matches()) {
                throw new WeightsException(Text.format(
                        "%s says that tensor %s is in %s, which is no name of a file beside it",
                        index, placed.getKey(), placed.getValue()));
            }
            shardOf.put(placed.getKey(), shard);
        }
        if (shardOf.isEmpty()) {
            throw new WeightsException(Text.format("%s has no weight_map that says which file holds which tensor",
                    index));
        }
        return shardOf;
    }
}
