package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisationTest {
    @ParameterizedTest
    @CsvSource({
        "'The  Method', 'the method'",
        "' the\tmethod\n', 'the method'",
        "'the\u00A0method', 'the method'",
        "'\u3000the method\u2028', 'the method'",
        "'e\uFB03cient', 'efficient'",
        "'Ｃｅｌｌ ２', 'cell 2'",
        "'cafe\u0301', 'caf\u00E9'",
        "'the method.', 'the method.'",
    })
    void formCaseAndWhiteSpaceDoNotCountAndAllElseDoes(String text, String normalised) {
        assertThat(Normalisation.of(text)).isEqualTo(normalised);
    }

    @Property(seed = "5", tries = 2000)
    void caseAndSpacesAroundAndBetweenWordsNeverCount(
            @ForAll @StringLength(max = 20) String one, @ForAll @StringLength(max = 20) String other) {
        assertThat(Normalisation.of("\t" + one + " \n " + other + "  "))
                .isEqualTo(Normalisation.of(one + " " + other));
    }
}
