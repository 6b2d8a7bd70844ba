package org.scibert.training.cli;

import picocli.CommandLine.Option;

/** {@code --help} alone: {@code --version} names a release here. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean requested;
}
