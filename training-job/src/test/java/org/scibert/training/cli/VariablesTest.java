package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.scibert.decision.Task;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class VariablesTest {
    private static final Pattern VARIABLE = Pattern.compile("\\[([A-Z_]+)]$");
    private static final String[] FINE_TUNE = {
        "fine-tune", "--train", "a", "--dev", "b", "--store", "file:s", "--name", "n"
    };

    @Test
    void aBlankVariableIsUnsetWhateverItsOption() {
        Map<String, String> blank = variables().stream().collect(Collectors.toMap(Function.identity(), name -> " \t"));
        assertThat(blank).containsKeys("DATA_TEST", "TENSORBOARD_DIR", "EPOCHS", "SEEDS", "TASK", "ERROR_BUDGET");
        assertThat(values(blank)).isEqualTo(values(Map.of()));
    }

    @Test
    void aValueIsStripped() {
        Map<String, Object> values = values(Map.of("MAX_TOKENS", " 64 ", "TASK", "binary\n", "SEEDS", " 4, 5 "));
        assertThat(values).containsEntry("--max-tokens", List.of(64)).containsEntry("--task", Task.BINARY);
        assertThat(values.get("--seeds")).isEqualTo(List.of(4, 5));
    }

    @Test
    void anOptionIsReadBeforeItsVariable() {
        CommandLine commands = TrainingJob.commandLine(Map.of("EPOCHS", "7", "PROMOTE", "never"));
        List<String> arguments = new ArrayList<>(List.of(FINE_TUNE));
        arguments.addAll(List.of("--epochs", "2"));
        commands.parseArgs(arguments.toArray(String[]::new));
        CommandLine fineTune = commands.getSubcommands().get("fine-tune");
        assertThat(value(fineTune, "--epochs")).contains(List.of(2));
        assertThat(value(fineTune, "--promote")).map(Object::toString).contains("NEVER");
    }

    @Test
    void aRequiredOptionWithABlankVariableIsMissing() {
        CommandLine commands = TrainingJob.commandLine(Map.of("DATA_TRAIN", " "));
        assertThat(commands.execute("check-data", "--dev", "b")).isEqualTo(2);
    }

    @Test
    void theHelpKeepsTheOptionsInTheirOrder() {
        String help = TrainingJob.commandLine(Map.of()).getSubcommands().get("fine-tune").getUsageMessage()
                .replaceAll("\\s+", " ");
        String options = help.substring(help.indexOf("Fine-tunes, "));
        assertThat(options)
                .containsSubsequence("--train", "--dev", "--test", "--task", "--encoder", "--epochs", "--store");
        assertThat(help).contains("Default 256. [MAX_TOKENS]");
    }

    /** All variables that options name, in all commands. */
    private static List<String> variables() {
        List<String> variables = new ArrayList<>();
        for (CommandLine command : TrainingJob.commandLine(Map.of()).getSubcommands().values()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                Matcher variable = VARIABLE.matcher(String.join(" ", option.description()));
                if (variable.find() && !variables.contains(variable.group(1))) {
                    variables.add(variable.group(1));
                }
            }
        }
        return variables;
    }

    private static Map<String, Object> values(Map<String, String> environment) {
        CommandLine commands = TrainingJob.commandLine(environment);
        commands.parseArgs(FINE_TUNE);
        CommandLine fineTune = commands.getSubcommands().get("fine-tune");
        Map<String, Object> values = new LinkedHashMap<>();
        for (OptionSpec option : fineTune.getCommandSpec().options()) {
            value(fineTune, option.longestName()).ifPresent(value -> values.put(option.longestName(), value));
        }
        return values;
    }

    private static Optional<Object> value(CommandLine command, String option) {
        return Optional.ofNullable(command.getCommandSpec().findOption(option).getValue());
    }
}
