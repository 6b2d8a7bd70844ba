package org.scibert.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.scibert.infra.config.ConfigException;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;

/**
 * Writes the templates to {@code target/cdk.out}. The settings come from the file beside the project's POM that the
 * first argument names, or from {@code settings.properties}, and from {@code INFRA_} variables.
 */
public final class Synthesize {
    private Synthesize() {}

    /** Exits with 2 if a setting is refused. */
    public static void main(String[] args) throws IOException {
        Path project = Path.of(System.getProperty("infra.directory", "."));
        try {
            Path settings = project.resolve(args.length > 0 ? args[0] : "settings.properties");
            if (args.length > 0 && !Files.exists(settings)) {
                throw new ConfigException(
                        "there are no settings at " + settings + "; give a file beside infra/pom.xml");
            }
            run(InfraConfig.read(settings, System.getenv()), project.resolve("target/cdk.out"));
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(InfraConfig config, Path output) {
        Node.require();
        App app = new App(AppProps.builder()
                .context(FeatureFlags.CONTEXT)
                .outdir(output.toString())
                .analyticsReporting(false)
                .treeMetadata(false)
                .build());
        Stream<Stack> stacks = Stacks.build(app, config).stream();
        app.synth();
        stacks.forEach(stack -> System.out.println(output.resolve(stack.getTemplateFile())));
    }
}
