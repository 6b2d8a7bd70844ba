package org.scibert.spark;

import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** {@code spark-submit}'s door to {@link Screening}. */
public final class Screen {
    private static final String USAGE =
            "usage: Screen INPUT OUTPUT STORE NAME [VERSION]   (no VERSION: the one in service)";

    private Screen() {}

    public static void main(String[] args) throws Exception {
        if (args.length < 4 || args.length > 5) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Optional<String> version = args.length == 5 ? Optional.of(args[4]) : Optional.empty();
        ModelAddress model = ModelAddress.resolve(args[2], args[3], version);
        try (SparkSession spark = SparkSession.builder().appName("screen " + model.version()).getOrCreate()) {
            Screening.Summary done = new Screening(spark, args[0], args[1], model).run();
            System.out.printf(Locale.ROOT, "{\"version\":\"%s\",\"rows\":%d,\"failed\":%d,\"classified\":%d}%n",
                    done.version(), done.rows(), done.failed(), done.classified());
        }
    }
}
