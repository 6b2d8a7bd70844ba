package org.scibert.training.cli;

import org.scibert.training.finetune.InterruptedRunException;
import org.scibert.training.records.DataException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** From an exception to one line on standard error and an exit status that a scheduler can act on. */
final class Failures implements IExecutionExceptionHandler {
    /** Trying again may help. */
    static final int FAILURE = 1;
    /** Trying again won't: the options or the data are wrong. */
    static final int BAD_USAGE_OR_DATA = 2;
    /** The job was asked to end early and goes on when it is started again: sysexits' EX_TEMPFAIL. */
    static final int INTERRUPTED = 75;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        boolean usersOwn = failure instanceof DataException || failure instanceof IllegalArgumentException;
        boolean expected = usersOwn || failure instanceof java.io.IOException;
        command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
        if (!expected) {
            failure.printStackTrace(command.getErr());
        }
        if (failure instanceof InterruptedRunException) {
            return INTERRUPTED;
        }
        return usersOwn ? BAD_USAGE_OR_DATA : FAILURE;
    }
}
