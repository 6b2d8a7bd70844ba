package org.scibert.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scibert.infra.config.InfraConfig;
import org.scibert.infra.foundation.FoundationStack;
import org.scibert.infra.gateway.GatewayStack;
import org.scibert.infra.screening.ScreeningStack;
import org.scibert.infra.service.ServiceStack;
import org.scibert.infra.training.JobStack;
import org.scibert.infra.training.TrainingStack;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.constructs.Construct;

/** The stacks that a configuration stands for. */
public final class Stacks {
    private Stacks() {}

    /**
     * Puts the stacks into an application: foundation and training always, service and job once their images are
     * pushed, screening and gateway when they are wanted. Each is tagged with the project's name, by which costs can
     * be told apart.
     *
     * @return the stacks, in the order in which they are deployed
     */
    public static List<Stack> build(Construct app, InfraConfig config) {
        Names names = new Names(config.project());
        List<Stack> stacks = new ArrayList<>();
        stacks.add(new FoundationStack(app, config, names, props("Buckets, repositories, roles, alerts", config)));
        if (config.function().imageDigest().isPresent()) {
            stacks.add(new ServiceStack(app, config, names, props("The function behind HTTPS", config)));
        }
        stacks.add(new TrainingStack(app, config, names, props("GPU machines and schedule of the job", config)));
        if (config.training().imageDigest().isPresent()) {
            stacks.add(new JobStack(app, config, names, props("The GPU job's definition", config)));
        }
        if (config.screening().enabled()) {
            stacks.add(new ScreeningStack(app, config, names, props("Screening of whole files", config)));
        }
        if (config.gateway().enabled()) {
            stacks.add(new GatewayStack(app, config, names, props("An address for callers with tokens", config)));
        }
        stacks.forEach(stack -> Tags.of(stack).add("project", config.project()));
        return stacks;
    }

    private static StackProps props(String what, InfraConfig config) {
        return StackProps.builder()
                .description(String.format(Locale.ROOT, "%s of %s: %s",
                        config.project(), config.github().repository(), what))
                // No bucket of CDK's own in the account; the price is templates of at most 51,200 bytes without assets.
                .synthesizer(new BootstraplessSynthesizer())
                // White space is a third of the foundation's template.
                .suppressTemplateIndentation(true)
                .analyticsReporting(false)
                .build();
    }
}
