package org.scibert.training.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.scibert.classifier.ModelConfig;
import org.scibert.decision.Task;

/** The config.json that transformers reads. */
final class HuggingFaceConfig {
    private HuggingFaceConfig() {}

    /** With the labels in the order of the logits, and {@code thresholds}, which transformers does not use. */
    static ObjectNode of(ModelConfig model) {
        ObjectNode json = model.network().encoder().toJson();
        json.putArray("architectures").add("BertForSequenceClassification");
        json.put("problem_type", model.network().task() == Task.MULTI_LABEL
                ? "multi_label_classification"
                : "single_label_classification");
        List<String> labels = model.rule().labels();
        ObjectNode names = json.putObject("id2label");
        ObjectNode ids = json.putObject("label2id");
        for (int id = 0; id < labels.size(); id++) {
            names.put(Integer.toString(id), labels.get(id));
            ids.put(labels.get(id), id);
        }
        json.put("classifier_dropout", model.network().headDropout());
        json.put("torch_dtype", "float32");
        model.rule().thresholds().forEach(json.putArray("thresholds")::add);
        return json;
    }
}
