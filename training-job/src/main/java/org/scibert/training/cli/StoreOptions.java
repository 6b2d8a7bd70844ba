package org.scibert.training.cli;

import picocli.CommandLine.Option;

/** Where releases live. */
final class StoreOptions {
    @Option(
            names = "--store",
            required = true,
            defaultValue = "${env:MODEL_STORE}",
            paramLabel = "URI",
            description = "file:PATH or s3://BUCKET/PREFIX; S3_ENDPOINT names a server other than AWS. [MODEL_STORE]")
    String store;

    @Option(
            names = "--name",
            required = true,
            defaultValue = "${env:MODEL_NAME}",
            paramLabel = "NAME",
            description = "The model's name in the store; each release of it is a version. [MODEL_NAME]")
    String name;
}
