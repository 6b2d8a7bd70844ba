package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scibert.training.calibration.DecisionConfig;
import org.scibert.training.calibration.ThresholdRule.BestF1;
import org.scibert.training.calibration.ThresholdRule.TargetRecall;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class DecisionOptionsTest {
    @Command
    static final class Any {
        @Mixin
        DecisionOptions decisions;
    }

    @Test
    void withoutOptionsBestF1DecidesAndNobodyIsAsked() {
        assertThat(config()).isEqualTo(new DecisionConfig(new BestF1(), Optional.empty(), 0.95));
    }

    @Test
    void eachOptionReachesItsPlace() {
        assertThat(config("--threshold-rule", "recall=0.9", "--error-budget", "0.05", "--confidence", "0.8"))
                .isEqualTo(new DecisionConfig(new TargetRecall(0.9), Optional.of(0.05), 0.8));
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> config("--threshold-rule", "best")).hasMessageContaining("got \"best\"");
        assertThatThrownBy(() -> config("--error-budget", "0")).hasMessageContaining("is 0.0");
    }

    private static DecisionConfig config(String... arguments) {
        Any any = new Any();
        TrainingJob.withConverters(new CommandLine(any)).parseArgs(arguments);
        return any.decisions.config();
    }
}
