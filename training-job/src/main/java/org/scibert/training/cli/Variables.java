package org.scibert.training.cli;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scibert.io.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * The environment variables that options get their defaults from. A blank variable counts as unset and white space
 * around a value is dropped, which picocli does for none.
 */
final class Variables {
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{env:(\\w+)(?::-(.*))?}");

    private Variables() {}

    /** The process's variables, stripped and without blank ones. */
    static Map<String, String> ofProcess() {
        Map<String, String> variables = new TreeMap<>();
        System.getenv().forEach((name, text) ->
                Environment.setting(System.getenv(), name).ifPresent(value -> variables.put(name, value)));
        return variables;
    }

    /** Replaces the defaults {@code ${env:NAME}} and {@code ${env:NAME:-VALUE}} in all commands by their values. */
    static void apply(CommandLine commands, Map<String, String> environment) {
        commands.getSubcommands().values().forEach(subcommand -> apply(subcommand, environment));
        CommandSpec spec = commands.getCommandSpec();
        // All are taken out and put back, so that the help keeps their order.
        for (OptionSpec option : List.copyOf(spec.options())) {
            spec.remove(option);
            if (!option.inherited()) { // those come again with the option of the command above
                spec.addOption(withDefault(option, environment));
            }
        }
    }

    private static OptionSpec withDefault(OptionSpec option, Map<String, String> environment) {
        Option declared = option.userObject() instanceof AnnotatedElement element
                ? element.getAnnotation(Option.class)
                : null;
        Matcher variable = DEFAULT.matcher(declared == null ? "" : declared.defaultValue());
        if (!variable.matches()) {
            return option;
        }
        String value = Environment.setting(environment, variable.group(1)).orElse(variable.group(2));
        return OptionSpec.builder(option).defaultValue(value).build();
    }
}
