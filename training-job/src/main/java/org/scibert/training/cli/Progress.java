package org.scibert.training.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.scibert.io.Text;
import org.scibert.network.Compute;
import org.scibert.training.datacheck.DataReport;
import org.scibert.training.datacheck.TokenTable;
import org.scibert.training.encoder.EncoderOptions;
import org.scibert.training.evaluation.Metrics;
import org.scibert.training.job.JobListener;

/** A job's progress on standard error: a bar on a terminal, a line now and then elsewhere. */
final class Progress implements JobListener, AutoCloseable {
    private static final double LOSS_MEMORY = 0.95;

    private final PrintStream err;
    private final Duration betweenLines;
    private final boolean terminal = System.console() != null && System.getenv("TERM") != null;
    private ProgressBar bar;
    private int steps;
    private int firstStep;
    private long rowsDone;
    private long startNanos;
    private long lineNanos;
    /** Exponential moving average over some 20 steps, and what its weights sum up to. */
    private double averageLoss;
    private double averageWeight;

    /** With a line every 15 seconds. */
    Progress() {
        this(Duration.ofSeconds(15));
    }

    /** @param betweenLines how often a line tells of the steps where there is no terminal */
    Progress(Duration betweenLines) {
        this(System.err, betweenLines);
    }

    Progress(PrintStream err, Duration betweenLines) {
        this.err = err;
        this.betweenLines = betweenLines;
    }

    @Override
    public void checked(DataReport report) {
        err.print(DataReportPrinter.withoutTexts().print(report));
    }

    @Override
    public void measured(TokenTable tokens) {
        err.print(DataReportPrinter.withoutTexts().print(tokens));
    }

    @Override
    public void started(int rows, int steps, double paddingShare, Compute compute) {
        close(); // an earlier run's, with another seed or fold
        this.steps = steps;
        this.firstStep = 0;
        this.rowsDone = 0;
        this.averageLoss = 0;
        this.averageWeight = 0;
        this.startNanos = System.nanoTime();
        this.lineNanos = startNanos;
        err.printf(Locale.ROOT, "%s rows, %s steps, %.1f %% of each batch is padding%n", rows, steps,
                100 * paddingShare);
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName("fine-tune")
                    .setUnit(" steps", 1)
                    .setInitialMax(steps)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(err))
                    .build();
        }
    }

    @Override
    public void resumed(int step) {
        firstStep = step;
        err.printf(Locale.ROOT, "goes on after step %s, which a checkpoint holds%n", step);
    }

    @Override
    public void stepped(int step, int stepRows, double loss, double learningRate) {
        rowsDone += stepRows;
        averageLoss = LOSS_MEMORY * averageLoss + (1 - LOSS_MEMORY) * loss;
        averageWeight = LOSS_MEMORY * averageWeight + (1 - LOSS_MEMORY);
        double shownLoss = averageLoss / averageWeight; // without the pull of the 0 that the average starts from
        long now = System.nanoTime();
        double seconds = (now - startNanos) / 1e9;
        double rate = rowsDone / seconds;
        if (bar != null) {
            bar.setExtraMessage(Text.format("loss %.4f, %.0f rows/s", shownLoss, rate));
            bar.stepTo(step);
        } else if (now - lineNanos >= betweenLines.toNanos() || step == steps) {
            lineNanos = now;
            long left = Math.round(seconds / (step - firstStep) * (steps - step));
            err.printf(
                    Locale.ROOT,
                    "step %s/%s  loss %.4f  rate %.2e  %.0f rows/s  %s:%02d left%n",
                    step, steps, shownLoss, learningRate, rate, left / 60, left % 60);
        }
    }

    @Override
    public void epochEnded(int epoch, double loss, Metrics dev, boolean best) {
        String scores = dev instanceof Metrics.Binary b
                ? Text.format("dev ROC-AUC %.4f PR-AUC %.4f", b.rocAuc(), b.prAuc())
                : Text.format("dev macro F1 %.4f", dev.selectionScore());
        err.printf(Locale.ROOT, "%sepoch %s: average loss %.4f, %s%s%n",
                terminal ? "\n" : "", epoch, loss, scores, best ? ", the best so far" : "");
    }

    @Override
    public void epochEnded(int epoch, double loss) {
        err.printf(Locale.ROOT, "%sepoch %s: average loss %.4f%n", terminal ? "\n" : "", epoch, loss);
    }

    @Override
    public void kept(int step) {
        err.printf(Locale.ROOT, "%scheckpoint after step %s%n", terminal ? "\n" : "", step);
    }

    @Override
    public void noted(String sentence) {
        err.println((terminal ? "\n" : "") + sentence);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /** Shows the download of an encoder on standard error: a line for each tenth of a file. */
    static final class Downloads implements EncoderOptions.Listener {
        private String file = "";
        private long nextTenth;

        @Override
        public void progress(String name, long bytes, long total) {
            if (!name.equals(file)) {
                file = name;
                nextTenth = 0;
            }
            if (total > 0 && bytes * 10 >= nextTenth * total) {
                nextTenth = bytes * 10 / total + 1;
                System.err.printf(Locale.ROOT, "%s: %.1f of %.1f MB%n", name, bytes / 1e6, total / 1e6);
            }
        }

        @Override
        public void message(String text) {
            System.err.println(text);
        }
    }
}
