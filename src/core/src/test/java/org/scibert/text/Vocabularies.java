package org.scibert.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scibert.io.Json;

/** The two real vocabularies of the tests, and the 170 texts that Hugging Face's own tokenizer split with them. */
enum Vocabularies {
    SCIBERT("scibert-vocab.txt", 31_090),
    BERT("bert-vocab.txt", 30_522);

    record Reference(String text, int[] scibert, int[] bert) {}

    final String resource;
    final int size;

    Vocabularies(String resource, int size) {
        this.resource = resource;
        this.size = size;
    }

    String text() {
        return resource(resource);
    }

    List<String> lines() {
        return text().lines().toList();
    }

    /** A folder with nothing but vocab.txt, as SciBERT is published. */
    Tokenizer open(Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), text());
        return Tokenizer.load(folder, size, 0);
    }

    /** The tokenizer.json of a published encoder, padding and truncation to 128 tokens included, with these pieces. */
    ObjectNode packagedJson() throws JsonProcessingException {
        List<String> lines = lines();
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(resource("packaged-tokenizer.json"));
        ObjectNode vocab = json.withObjectProperty("model").putObject("vocab");
        for (int id = 0; id < lines.size(); id++) {
            vocab.put(lines.get(id), id);
        }
        for (JsonNode added : json.withArrayProperty("added_tokens")) {
            ((ObjectNode) added).put("id", lines.indexOf(added.path("content").asText()));
        }
        return json;
    }

    int[] ids(Reference reference) {
        return this == SCIBERT ? reference.scibert : reference.bert;
    }

    static List<Reference> references() {
        return resource("reference-tokenizations.jsonl").lines().map(Vocabularies::reference).toList();
    }

    private static Reference reference(String line) {
        try {
            return Json.MAPPER.readValue(line, Reference.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Vocabularies.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
