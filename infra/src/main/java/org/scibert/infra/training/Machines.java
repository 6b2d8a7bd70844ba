package org.scibert.infra.training;

import java.util.List;
import java.util.stream.IntStream;
import org.scibert.infra.Names;
import org.scibert.infra.Policies;
import org.scibert.infra.config.TrainingConfig;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.batch.AllocationStrategy;
import software.amazon.awscdk.services.batch.CfnComputeEnvironment;
import software.amazon.awscdk.services.batch.EcsMachineImage;
import software.amazon.awscdk.services.batch.EcsMachineImageType;
import software.amazon.awscdk.services.batch.JobQueue;
import software.amazon.awscdk.services.batch.ManagedEc2EcsComputeEnvironment;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.LaunchTemplate;
import software.amazon.awscdk.services.ec2.MultipartUserData;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** GPU machines that come with a job and go after it: spare capacity first, at about a third of the price. */
final class Machines {
    /** The image with CUDA and PyTorch takes 10 GB, rows and checkpoints a few more. */
    private static final int DISK_GB = 100;
    /** Two jobs of four at a time. */
    private static final int MAX_CPUS = 8;

    private final Vpc network;
    private final JobQueue queue;

    Machines(Construct scope, TrainingConfig settings, Names names) {
        network = network(scope, settings, names);
        SecurityGroup group = SecurityGroup.Builder.create(scope, "JobNetwork")
                .vpc(network)
                .description("GPU job: nothing comes in, HTTPS goes out")
                .allowAllOutbound(false)
                .build();
        group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "S3, container registry, Hugging Face");
        LaunchTemplate template = template(scope, names);
        Role role = Role.Builder.create(scope, "MachineRole")
                .roleName(names.of("training-machine"))
                .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
                .managedPolicies(List.of(ManagedPolicy.fromAwsManagedPolicyName(
                        "service-role/AmazonEC2ContainerServiceforEC2Role")))
                .build();
        queue = JobQueue.Builder.create(scope, "Queue").jobQueueName(names.of("training")).priority(1).build();
        queue.addComputeEnvironment(machines(scope, "Spot", true, settings, network, group, template, role), 1);
        queue.addComputeEnvironment(machines(scope, "OnDemand", false, settings, network, group, template, role), 2);
    }

    JobQueue queue() {
        return queue;
    }

    String networkId() {
        return network.getVpcId();
    }

    /** Public subnets and no way in: a NAT gateway costs more in a month than the jobs. S3's endpoint is free. */
    private static Vpc network(Construct scope, TrainingConfig settings, Names names) {
        Vpc network = Vpc.Builder.create(scope, "Network")
                // By their place in the region's list: a template for any account knows no names.
                .availabilityZones(IntStream.range(0, settings.zones())
                        .mapToObj(zone -> Fn.select(zone, Fn.getAzs())).toList())
                .natGateways(0)
                // CDK would do it with a function of its own, which needs a bootstrapped account; deploy.sh does it.
                .restrictDefaultSecurityGroup(false)
                .subnetConfiguration(List.of(SubnetConfiguration.builder()
                        .name("public").subnetType(SubnetType.PUBLIC).mapPublicIpOnLaunch(true).cidrMask(24).build()))
                .build();
        network.addGatewayEndpoint("S3", GatewayVpcEndpointOptions.builder()
                .service(GatewayVpcEndpointAwsService.S3)
                .build());
        if (settings.flowLogs()) {
            network.addFlowLog("Flow", FlowLogOptions.builder()
                    .destination(FlowLogDestination.toCloudWatchLogs(
                            LogGroup.Builder.create(scope, "FlowLog")
                                    .logGroupName(names.logGroup("network"))
                                    .retention(RetentionDays.ONE_MONTH)
                                    .removalPolicy(RemovalPolicy.DESTROY)
                                    .build(),
                            Role.Builder.create(scope, "FlowLogRole")
                                    .roleName(names.of("flow-log"))
                                    .assumedBy(new ServicePrincipal("vpc-flow-logs.amazonaws.com")
                                            .withConditions(Policies.inThisAccount()))
                                    .build()))
                    .build());
        }
        return network;
    }

    private static LaunchTemplate template(Construct scope, Names names) {
        UserData agent = UserData.forLinux();
        // A reclaimed machine has two minutes: the job is told at once, and has 90 s to keep its checkpoint.
        agent.addCommands("echo ECS_ENABLE_SPOT_INSTANCE_DRAINING=true >> /etc/ecs/ecs.config",
                "echo ECS_CONTAINER_STOP_TIMEOUT=90s >> /etc/ecs/ecs.config");
        MultipartUserData multipart = new MultipartUserData();
        multipart.addUserDataPart(agent);
        return LaunchTemplate.Builder.create(scope, "Template")
                .launchTemplateName(names.of("training"))
                .requireImdsv2(true)
                // One hop ends at the machine: a container gets its own role's keys, not the machine's.
                .httpPutResponseHopLimit(1)
                .userData(multipart)
                .blockDevices(List.of(BlockDevice.builder()
                        .deviceName("/dev/xvda")
                        .volume(BlockDeviceVolume.ebs(DISK_GB, EbsDeviceOptions.builder()
                                .encrypted(true).volumeType(EbsDeviceVolumeType.GP3).build()))
                        .build()))
                .build();
    }

    private static ManagedEc2EcsComputeEnvironment machines(Construct scope, String id, boolean spot,
            TrainingConfig settings, Vpc network, SecurityGroup group, LaunchTemplate template, Role role) {
        ManagedEc2EcsComputeEnvironment machines = ManagedEc2EcsComputeEnvironment.Builder.create(scope, id)
                .vpc(network)
                .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build())
                .securityGroups(List.of(group))
                .launchTemplate(template)
                .instanceRole(role)
                .spot(spot)
                .allocationStrategy(spot
                        ? AllocationStrategy.SPOT_PRICE_CAPACITY_OPTIMIZED : AllocationStrategy.BEST_FIT_PROGRESSIVE)
                .minvCpus(0)
                .maxvCpus(MAX_CPUS)
                .useOptimalInstanceClasses(false)
                .instanceTypes(settings.instanceTypes().stream().map(InstanceType::new).toList())
                .images(List.of(EcsMachineImage.builder().imageType(EcsMachineImageType.ECS_AL2023_NVIDIA).build()))
                .build();
        // Without a number Batch takes the template's first version for ever.
        ((CfnComputeEnvironment) machines.getNode().getDefaultChild()).addPropertyOverride(
                "ComputeResources.LaunchTemplate.Version", template.getLatestVersionNumber());
        return machines;
    }
}
