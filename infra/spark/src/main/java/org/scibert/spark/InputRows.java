package org.scibert.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.scibert.io.Text;

/** JSON lines with {@code text}, and {@code id} where there is one, as (id, text, digest, error). */
final class InputRows {
    /** Characters, as the function's limit. */
    private static final int TEXT_LENGTH = 20_000;
    /** Something that BERT's normalizer leaves. */
    private static final String READABLE = "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]";
    private static final String BROKEN = "_corrupt_record";
    private static final int SHA_256 = 256;

    private InputRows() {}

    /** @param path files or folders, as Spark takes them; the error is null where the text can be classified */
    static Dataset<Row> read(SparkSession spark, String path) {
        Column text = coalesce(col("text"), lit(""));
        return spark.read()
                .schema("id STRING, text STRING, " + BROKEN + " STRING")
                .option("columnNameOfCorruptRecord", BROKEN)
                .json(path)
                .select(col("id"), text.as("text"), sha2(text.cast("binary"), SHA_256).as("digest"),
                        when(col(BROKEN).isNotNull(), error("invalid_json", "the line is not a JSON object"))
                                .when(not(text.rlike(READABLE)), error("blank_text", "the text is missing or blank"))
                                .when(length(text).gt(TEXT_LENGTH), error("text_too_long",
                                        Text.format("the text has more than %d characters", TEXT_LENGTH)))
                                .as("error"));
    }

    static Column error(String code, String message) {
        return struct(lit(code).as("code"), lit(message).as("message"));
    }
}
