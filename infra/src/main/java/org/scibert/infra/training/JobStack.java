package org.scibert.infra.training;

import org.scibert.infra.Names;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The job's definition alone: image, settings, limits. GitHub deploys it with the limited execution role, which
 * CloudFormation then keeps for all later operations on this stack. In the training stack that role would lock the
 * administrator out of changing its roles or deleting it.
 */
public final class JobStack extends Stack {

    /** @throws java.util.NoSuchElementException if no image was pushed yet */
    public JobStack(Construct scope, InfraConfig config, Names names, StackProps props) {
        super(scope, names.of("job"), props);
        new Job(this, config, names);
        output("JobDefinition", names.of("training"));
        output("ImageDigest", config.training().imageDigest().orElseThrow());
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
