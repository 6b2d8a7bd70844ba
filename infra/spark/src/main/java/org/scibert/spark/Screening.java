package org.scibert.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * A run over files of texts with one release. Under the output, in a folder named after the version:
 *
 * <ul>
 *   <li>{@code answers}: one for each distinct text, under its SHA-256. It only grows: a text that has an answer is not
 *       classified again, be it another row's, another file's or an earlier run's.
 *   <li>{@code rows}: JSON lines, one for each row of the input, with its text's answer or the error; written anew each
 *       time. Whole once it holds {@code _SUCCESS}.
 * </ul>
 *
 * @param input JSON lines, as Spark takes paths
 * @param output a folder, as Spark takes paths
 */
public record Screening(SparkSession spark, String input, String output, ModelAddress model) {
    /** For each core. More than one: texts differ in length, and a core that is done takes another share. */
    private static final int PARTITIONS = 4;

    /**
     * What a run did.
     *
     * @param rows of the input
     * @param failed of these, with an error
     * @param classified distinct texts that had no answer before
     */
    public record Summary(String version, long rows, long failed, long classified) {}

    /** Classifies what has no answer yet, and writes every row's result. */
    public Summary run() throws IOException, InterruptedException {
        String folder = output + "/" + model.version();
        Dataset<Row> rows = InputRows.read(spark, input);
        long classified = classify(rows, folder + "/answers");

        Observation counts = new Observation();
        results(rows, spark.read().schema(Answers.SCHEMA).parquet(folder + "/answers"))
                .observe(counts, count(lit(1)).as("rows"), count(col("error")).as("failed"))
                .write().mode(SaveMode.Overwrite).json(folder + "/rows");
        Map<String, Object> counted = counts.getAsJava();
        return new Summary(model.version(), (Long) counted.get("rows"), (Long) counted.get("failed"), classified);
    }

    private long classify(Dataset<Row> rows, String answers) throws IOException, InterruptedException {
        Dataset<Row> missing = rows.where(col("error").isNull()).select("digest", "text").dropDuplicates("digest");
        Path path = new Path(answers);
        if (path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path)) {
            Dataset<Row> known = spark.read().schema(Answers.SCHEMA).parquet(answers).select("digest");
            missing = missing.join(known, missing.col("digest").equalTo(known.col("digest")), "left_anti");
        }
        Observation counts = new Observation();
        missing.repartition(PARTITIONS * spark.sparkContext().defaultParallelism())
                .mapPartitions(new ClassifyPartition(model), Encoders.row(Answers.SCHEMA))
                .observe(counts, count(lit(1)).as("classified"))
                .write().mode(SaveMode.Append).parquet(answers);
        return (Long) counts.getAsJava().get("classified");
    }

    private Dataset<Row> results(Dataset<Row> rows, Dataset<Row> answers) {
        // Two runs at a time may both have classified a text.
        Dataset<Row> one = answers.dropDuplicates("digest");
        return rows.join(one, rows.col("digest").equalTo(one.col("digest")), "left")
                .select(rows.col("id"), rows.col("digest"), lit(model.version()).as("version"), col("label"),
                        col("probability"), col("labels"), col("decision"), col("probabilities"), col("tokens"),
                        coalesce(col("error"), when(one.col("digest").isNull(),
                                InputRows.error("internal", "the model gave no answer; run again"))).as("error"));
    }
}
