package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.scibert.io.UsageException;
import org.scibert.store.ObjectKey;
import org.scibert.store.StoreUnavailableException;
import org.scibert.training.records.DataException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
    private static final Pattern TRACE = Pattern.compile("the trace is in (\\S+)");

    private record Ended(int status, String err) {}

    @Command(name = "work")
    private record Work(Callable<Integer> body) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return body.call();
        }
    }

    @Test
    void whatThePersonGaveEndsWithTwo() {
        assertThat(failing(new UsageException("--epochs must be 1 to 10, is 0")))
                .isEqualTo(new Ended(2, "work: --epochs must be 1 to 10, is 0\n"));
        assertThat(failing(new DataException(Path.of("a.csv"), 3, "the text is blank")))
                .isEqualTo(new Ended(2, "work: a.csv line 3: the text is blank\n"));
    }

    @Test
    void aLibrarysExceptionIsNoUsageErrorAndLeavesItsTrace() throws IOException {
        Ended ended = failing(new IllegalArgumentException("size must be > 0"));
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("work: failed unexpectedly: size must be > 0 (IllegalArgumentException); the trace is in ")
                .hasLineCount(1);
        Matcher trace = TRACE.matcher(ended.err());
        assertThat(trace.find()).isTrue();
        Path file = Path.of(trace.group(1));
        assertThat(file).content().contains("FailuresTest", "size must be > 0");
        Files.delete(file);
    }

    @Test
    void verboseShowsTheTraceAtOnce() {
        Ended ended = failing(new IllegalStateException("broken"), "--verbose");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("\tat ", "work: failed unexpectedly: broken (IllegalStateException)\n");
        assertThat(ended.err()).doesNotContain("the trace is in");
    }

    @Test
    void aFileThatIsNotThereIsASentence() {
        assertThat(failing(new NoSuchFileException("rows.jsonl")))
                .isEqualTo(new Ended(1, "work: rows.jsonl is not there\n"));
        assertThat(failing(new UncheckedIOException(new NoSuchFileException("rows.jsonl"))))
                .isEqualTo(new Ended(1, "work: rows.jsonl is not there\n"));
    }

    @Test
    void aStoreThatStaysAwayMeansTryAgain() {
        Ended ended = failing(new StoreUnavailableException("s3://b", new ObjectKey("k"), "no answer", null));
        assertThat(ended.status()).isEqualTo(75);
    }

    @Test
    void aFullHeapNamesTheOptionThatMakesItLarger() {
        Ended direct = run(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(direct.status()).isEqualTo(1);
        assertThat(direct.err()).startsWith("work: the Java heap of ").contains(" java -Xmx").hasLineCount(1);
        assertThat(failing(new IllegalStateException(new OutOfMemoryError("Java heap space")))).isEqualTo(direct);
    }

    @Test
    void aNameThatTheLocaleLacksIsExplained() {
        Ended ended = run(() -> {
            Path.of("a\0b");
            return 0;
        });
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("can't be a file's name in this locale", "LC_ALL=C.UTF-8");
    }

    @Test
    void anUnknownOptionIsOneLineAndNotTheWholeHelp() {
        Ended ended = run(() -> 0, "--epoch", "3");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).startsWith("work: Unknown option").contains("see training-job work --help");
        assertThat(ended.err().lines().count()).isLessThan(5);
    }

    private static Ended failing(Exception failure, String... options) {
        return run(() -> {
            throw failure;
        }, options);
    }

    private static Ended run(Callable<Integer> body, String... options) {
        StringWriter err = new StringWriter();
        CommandLine commands = TrainingJob.commandLine(Map.of()).addSubcommand("work", new Work(body));
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(options.length > 0 && options[0].equals("--verbose") ? 1 : 0, "work");
        int status = commands.setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(commands.getExecutionExceptionHandler())
                .setParameterExceptionHandler(commands.getParameterExceptionHandler())
                .execute(arguments.toArray(String[]::new));
        return new Ended(status, err.toString());
    }
}
