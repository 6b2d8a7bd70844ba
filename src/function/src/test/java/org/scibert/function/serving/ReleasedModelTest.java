package org.scibert.function.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.classifier.TinyRelease;
import org.scibert.decision.Task;
import org.scibert.text.Encoding;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReleasedModelTest {
    @TempDir
    private Path folder;

    @Test
    void itIsClosedWhenTheLastPassHasEndedAndReadsNothingAfterwards() throws Exception {
        Path files = TinyRelease.write(folder.resolve("files"), Task.BINARY, List.of("other", "objective"), 1);
        Model model = ReleasedModels.publishAndOpen(files, folder);
        List<Encoding> texts = model.encode(List.of("we study the cell"), model.maxTokens());
        Thread closing = new Thread(model::close);

        List<float[]> logits = model.logits(texts, () -> {
            closing.start();
            while (closing.getState() != Thread.State.WAITING && closing.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
            assertThat(closing.getState()).as("closing while a pass runs").isEqualTo(Thread.State.WAITING);
        });
        closing.join();

        assertThat(logits.get(0)).hasSize(1);
        assertThatThrownBy(() -> model.logits(texts, () -> { })).isInstanceOf(IllegalStateException.class);
    }
}
