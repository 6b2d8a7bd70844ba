package org.scibert.infra.foundation;

import org.scibert.infra.Names;
import org.scibert.infra.config.InfraConfig;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** The long-lived things; deleting the stack keeps the buckets and the images. */
public final class FoundationStack extends Stack {

    public FoundationStack(Construct scope, InfraConfig config, Names names, StackProps props) {
        super(scope, names.of("foundation"), props);
        new Buckets(this, config.model().name(), names);
        new Repositories(this, names);
        new Alerts(this, config, names);
        new FunctionRoles(this, config, names);
        new CloudFormationRole(this, config.function().open(), names);
        GitHubRoles github = new GitHubRoles(this, config, names);

        output("ModelsBucketName", names.bucket("models"));
        output("DataBucketName", names.bucket("data"));
        output("DeployRoleArn", github.deploy().getRoleArn());
        output("OperateRoleArn", github.operate().getRoleArn());
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
