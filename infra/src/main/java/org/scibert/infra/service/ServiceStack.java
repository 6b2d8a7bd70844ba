package org.scibert.infra.service;

import org.scibert.infra.Names;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.constructs.Construct;

/** The function, its alias {@code live} and the HTTPS address of the alias. */
public final class ServiceStack extends Stack {

    /** @throws IllegalStateException if no image was pushed yet */
    public ServiceStack(Construct scope, InfraConfig config, Names names, StackProps props) {
        super(scope, names.of("service"), props);
        ClassifyFunction function = new ClassifyFunction(this, config, names);
        Alias live = function.live();
        // Without CORS settings of its own, which would stand beside those of the function: it answers preflights
        // itself.
        FunctionUrl url = live.addFunctionUrl(FunctionUrlOptions.builder()
                .authType(config.function().open() ? FunctionUrlAuthType.NONE : FunctionUrlAuthType.AWS_IAM)
                .build());
        Alarms alarms = new Alarms(this, config, live, function.logs(), names);
        Shifting.attach(this, config, live, alarms, names);
        Overview.draw(this, live, alarms, names);

        output("Url", url.getUrl());
        // What runs, for a deployment that changes something else.
        output("ImageDigest", config.function().imageDigest().orElseThrow());
        output("ModelVersion", config.model().version().orElse("current"));
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
