package org.scibert.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.scibert.io.FileNotWrittenException;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.store.StoreUnavailableException;
import org.scibert.training.finetune.InterruptedRunException;
import org.scibert.training.records.DataException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/**
 * Turns a failure into one line on standard error and an exit status that a scheduler can act on. A failure whose
 * message is not written for people, a library's or a bug's, leaves its trace in a file, and says where.
 */
final class Failures implements IExecutionStrategy, IExecutionExceptionHandler, IParameterExceptionHandler {
    /** Trying again may help. */
    static final int FAILURE = 1;
    /** Trying again won't help: the options or the data are wrong. */
    static final int BAD_USAGE_OR_DATA = 2;
    /** The job ended early and goes on when it is started again: sysexits' EX_TEMPFAIL. */
    static final int TRY_AGAIN = 75;

    private static final String OWN_PACKAGES = "org.scibert.";

    private final TrainingJob job;

    Failures(TrainingJob job) {
        this.job = job;
    }

    /** Runs the command; an {@link Error}, which picocli lets through, is reported like an exception. */
    @Override
    public int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            ParseResult last = parsed;
            while (last.hasSubcommand()) {
                last = last.subcommand();
            }
            return report(e, last.commandSpec().commandLine());
        }
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return report(failure, command);
    }

    /** Without picocli's usage help, which pushes the message off the screen. */
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        return BAD_USAGE_OR_DATA;
    }

    private int report(Throwable failure, CommandLine command) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        String message = message(cause);
        if (job.verbose) {
            failure.printStackTrace(command.getErr());
        } else if (!isWrittenForPeople(cause)) {
            message += "; " + keepTrace(failure);
        }
        command.getErr().println(command.getCommandName() + ": " + message);
        return status(cause);
    }

    private static int status(Throwable failure) {
        if (failure instanceof InterruptedRunException || failure instanceof StoreUnavailableException) {
            return TRY_AGAIN;
        }
        boolean usersOwn = failure instanceof UsageException
                || failure instanceof DataException
                || failure instanceof InvalidPathException;
        return usersOwn ? BAD_USAGE_OR_DATA : FAILURE;
    }

    private static boolean isWrittenForPeople(Throwable failure) {
        return failure.getClass().getName().startsWith(OWN_PACKAGES)
                || failure instanceof FileSystemException
                || failure instanceof InvalidPathException
                || isOutOfMemory(failure);
    }

    private static String message(Throwable failure) {
        if (isOutOfMemory(failure)) {
            return Text.format(
                    "the Java heap of %s MB is full; give Java more, as in java -Xmx%sm -jar training-job.jar …, or"
                            + " less to read (--max-rows, a smaller --batch-size)",
                    Runtime.getRuntime().maxMemory() >> 20, Runtime.getRuntime().maxMemory() >> 18);
        }
        if (failure instanceof InvalidPathException e) {
            return message(e);
        }
        if (failure instanceof FileSystemException e && !(failure instanceof FileNotWrittenException)) {
            return message(e);
        }
        return isWrittenForPeople(failure)
                ? failure.getMessage()
                : "failed unexpectedly: " + String.valueOf(failure.getMessage()).lines().findFirst().orElse("")
                        + " (" + failure.getClass().getSimpleName() + ")";
    }

    /** The JDK's messages of these exceptions are bare paths. */
    private static String message(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof NoSuchFileException) {
            return file + " is not there";
        }
        if (failure instanceof AccessDeniedException) {
            return file + " may not be read or written: permission is denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return file + " is there already";
        }
        if (failure instanceof NotDirectoryException) {
            return file + " is not a folder";
        }
        return failure.getReason() == null ? file + " can't be used" : file + ": " + failure.getReason();
    }

    /** The message for a text that is no path, mostly a name with letters that the process's locale lacks. */
    static String message(InvalidPathException failure) {
        return Text.format(
                "\"%s\" can't be a file's name in this locale, whose character set is %s; set LC_ALL=C.UTF-8",
                failure.getInput(), System.getProperty("sun.jnu.encoding"));
    }

    private static boolean isOutOfMemory(Throwable failure) {
        return failure != null && (failure instanceof OutOfMemoryError || isOutOfMemory(failure.getCause()));
    }

    private static String keepTrace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        try {
            Path file = Files.createTempFile("training-job-trace-", ".txt");
            Files.writeString(file, trace.toString());
            return "the trace is in " + file;
        } catch (IOException e) {
            return "--verbose shows the trace";
        }
    }
}
