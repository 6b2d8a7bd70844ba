package org.scibert.infra;

import java.util.ArrayList;
import java.util.List;
import org.scibert.infra.config.InfraConfig;
import org.scibert.infra.foundation.FoundationStack;
import org.scibert.infra.screening.ScreeningStack;
import org.scibert.infra.service.ServiceStack;
import org.scibert.infra.training.TrainingStack;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** The stacks that a configuration stands for. */
public final class Stacks {
    private Stacks() {}

    /**
     * Puts the stacks into an application: the foundation always, service and training once their images are pushed,
     * screening when it is wanted.
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
        if (config.training().imageDigest().isPresent()) {
            stacks.add(new TrainingStack(app, config, names, props("The scheduled GPU job", config)));
        }
        if (config.screening().enabled()) {
            stacks.add(new ScreeningStack(app, config, names, props("Screening of whole files", config)));
        }
        return stacks;
    }

    private static StackProps props(String what, InfraConfig config) {
        return StackProps.builder()
                .description("%s of %s: %s".formatted(config.project(), config.github().repository(), what))
                // No bucket of CDK's own in the account; the price is templates of at most 51,200 bytes without assets.
                .synthesizer(new BootstraplessSynthesizer())
                .analyticsReporting(false)
                .build();
    }
}
