package org.scibert.training.cli;

import org.scibert.training.datacheck.DataPolicy;
import picocli.CommandLine.Option;

/** What follows from what the data check finds. */
final class DataCheckOptions {
    @Option(
            names = "--strict",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:STRICT:-false}",
            paramLabel = "true|false",
            description = "Errors in the data, such as texts that stand in two splits, end the job with status 2 before"
                    + " any training; without it they are reported only. [STRICT]")
    private boolean strict;

    @Option(
            names = "--drop-leaks",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:DROP_LEAKS:-false}",
            paramLabel = "true|false",
            description = "Training rows whose text stands in dev or test are left out, and counted in the release; no"
                    + " file is changed. [DROP_LEAKS]")
    private boolean dropLeaks;

    DataPolicy policy() {
        return new DataPolicy(strict, dropLeaks);
    }
}
