package org.scibert.training;

import org.scibert.runtime.Djl;
import org.scibert.training.cli.TrainingJob;

/** {@code java -jar training-job.jar COMMAND …}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Djl.configure();
        int exit = TrainingJob.commandLine().execute(arguments);
        System.out.flush();
        // Not exit: libtorch's destructors crash beside threads that still run.
        Runtime.getRuntime().halt(exit);
    }
}
