package org.scibert.infra.training;

import org.scibert.infra.Names;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.batch.JobQueue;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** Machines, queue, the job's roles and log, schedule and notices; an administrator deploys it. */
public final class TrainingStack extends Stack {

    public TrainingStack(Construct scope, InfraConfig config, Names names, StackProps props) {
        super(scope, names.of("training"), props);
        Machines machines = new Machines(this, config.training(), names);
        JobQueue queue = machines.queue();
        LogGroup.Builder.create(this, "Log")
                .logGroupName(names.logGroup("training"))
                .retention(RetentionDays.THREE_MONTHS)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        JobRoles.create(this, config, names);
        new Calendar(this, config.training(), names);
        Notices.attach(this, queue, names);
        output("JobQueue", names.of("training"));
        // Its default security group is closed by deploy.sh; CloudFormation can't without code of its own.
        output("NetworkId", machines.networkId());
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
