package org.scibert.training.cli;

import org.scibert.release.Version;
import picocli.CommandLine.Parameters;

/** A version as a command's argument. */
final class VersionParameter {
    /** Null for the one in service. */
    @Parameters(
            arity = "0..1",
            paramLabel = "VERSION",
            converter = VersionConverter.class,
            description = "Default: the one in service.")
    Version version;
}
