package org.scibert.training.datacheck;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.scibert.io.Text;

/**
 * When two texts are nearly the same, and how surely such a pair is found.
 *
 * <p>Texts are compared as sets of shingles. A MinHash signature of {@code bands · rowsPerBand} numbers stands for a
 * text; two texts of similarity s agree in each number with probability s, so in all numbers of at least one band with
 * probability 1 − (1 − s^rowsPerBand)^bands. Only pairs that do are compared, and those by their true similarity: what
 * is found is always right, what is missed is known.
 *
 * @param bands parts of a signature; more find more pairs and compare more
 * @param rowsPerBand numbers of a part; more compare fewer pairs and miss more
 * @param threshold Jaccard similarity in (0, 1] from which on two texts are near duplicates
 * @see <a href="http://www.mmds.org/">Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3</a>
 */
public record NearDuplicateRule(int bands, int rowsPerBand, double threshold) {

    /** Finds 99.9 % of pairs at the threshold of 0.8 and all but one of 10⁸ at 0.9. */
    public static final NearDuplicateRule DEFAULT = new NearDuplicateRule(24, 6, 0.8);

    public NearDuplicateRule {
        if (bands < 1 || rowsPerBand < 1 || !(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    Text.format(
                            "bands and their rows must be at least 1, the threshold above 0 and at most 1; they are"
                                    + " %s, %s, %s",
                            bands, rowsPerBand, threshold));
        }
    }

    /** UTF-16 units of a shingle, for reports. */
    @JsonProperty
    public int shingleCharacters() {
        return Shingles.LENGTH;
    }

    /** Probability that a pair of so similar texts is found, for similarities from the threshold on. */
    public double recall(double similarity) {
        return 1 - Math.pow(1 - Math.pow(similarity, rowsPerBand), bands);
    }

    /** The least {@link #recall(double)}, for reports. */
    @JsonProperty
    public double recallAtThreshold() {
        return recall(threshold);
    }
}
