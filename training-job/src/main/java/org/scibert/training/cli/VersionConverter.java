package org.scibert.training.cli;

import org.scibert.release.Version;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Versions by their text. */
final class VersionConverter implements ITypeConverter<Version> {
    @Override
    public Version convert(String text) {
        try {
            return Version.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
