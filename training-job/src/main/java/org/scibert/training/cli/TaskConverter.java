package org.scibert.training.cli;

import org.scibert.decision.Task;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Tasks by their titles. */
final class TaskConverter implements ITypeConverter<Task> {
    @Override
    public Task convert(String title) {
        try {
            return Task.ofTitle(title);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
