package org.scibert.infra.training;

import org.scibert.infra.Names;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.batch.JobQueue;
import software.constructs.Construct;

/** Machines, queue, job definition, schedule and notices. */
public final class TrainingStack extends Stack {

    /** @throws java.util.NoSuchElementException if no image was pushed yet */
    public TrainingStack(Construct scope, InfraConfig config, Names names, StackProps props) {
        super(scope, names.of("training"), props);
        JobQueue queue = new Machines(this, config.training(), names).queue();
        new Job(this, config, names);
        new Calendar(this, config.training(), names);
        Notices.attach(this, queue, names);
        output("JobQueue", names.of("training"));
        output("JobDefinition", names.of("training"));
        output("ImageDigest", config.training().imageDigest().orElseThrow());
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
