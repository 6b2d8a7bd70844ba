package org.scibert.training.export;

import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Task;
import org.scibert.io.Text;
import org.scibert.network.Pooling;

/** The example in an export's README: how to get the release's probabilities with transformers. */
final class ExportedCode {
    private ExportedCode() {}

    /** A pipeline where that is enough; else the code that reads the tokens' mean or adds the lexicon's logits. */
    static String of(ModelConfig model) {
        boolean mean = model.network().pooling() == Pooling.MEAN;
        if (!mean && model.blend().isEmpty()) {
            return """
                    ```python
                    from transformers import pipeline
                    classify = pipeline("text-classification", model="PATH OF THIS FOLDER", top_k=None)
                    print(classify(["We aim to predict citation intent."], truncation=True))
                    ```
                    """;
        }
        return Text.format("""
                %s A `pipeline` alone does not give the release's probabilities; this code does, for one text at a time:

                ```python
                import json, math, re, torch
                from safetensors.torch import load_file
                from transformers import AutoModelForSequenceClassification, AutoTokenizer

                folder = "PATH OF THIS FOLDER"
                tokenizer = AutoTokenizer.from_pretrained(folder)
                model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
                %s
                def probabilities(text):
                    inputs = tokenizer(text, truncation=True, return_tensors="pt")
                    with torch.no_grad():
                %s%s    return dict(zip(model.config.id2label.values(), torch.%s.tolist()))

                print(probabilities("We aim to predict citation intent."))
                ```
                """,
                reads(mean, model.blend().isPresent()),
                model.blend().isPresent() ? WORDS : "",
                mean ? MEAN : CLS,
                model.blend().isPresent() ? ADDED : "",
                model.network().task() == Task.MULTI_LABEL ? "sigmoid(logits)" : "softmax(logits, 0)");
    }

    private static String reads(boolean mean, boolean words) {
        return mean && words
                ? "The head reads the mean of the tokens' vectors, and the words of the whole text are added to its"
                        + " logits."
                : mean
                        ? "The head reads the mean of the tokens' vectors."
                        : "The words of the whole text are added to the network's logits.";
    }

    private static final String WORDS = """
            terms = {term: column for column, term in enumerate(json.load(open(folder + "/lexicon.json"))["terms"])}
            lexicon = load_file(folder + "/lexicon.safetensors")

            def words(text):
                found = [word.lower() for word in re.findall(r"\\w\\w+", text)]
                counts = {}
                for term in found + [a + " " + b for a, b in zip(found, found[1:])]:
                    if term in terms:
                        counts[terms[term]] = counts.get(terms[term], 0) + 1
                columns = torch.tensor(list(counts), dtype=torch.long)
                values = torch.tensor([1 + math.log(n) for n in counts.values()]) * lexicon["idf"][columns]
                return lexicon["weight"][:, columns] @ (values / max(values.norm(), 1e-9)) + lexicon["bias"]
            """;

    private static final String CLS = "        logits = model(**inputs).logits[0]\n";

    private static final String MEAN = """
                    mean = model.bert(**inputs).last_hidden_state[0].mean(0)
                    logits = model.classifier(mean * 2 ** -20)  # the head's weights are 2^20 times as large
            """;

    private static final String ADDED = "    logits[-len(lexicon[\"bias\"]):] += words(text)\n";
}
