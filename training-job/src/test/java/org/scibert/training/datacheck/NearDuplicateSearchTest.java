package org.scibert.training.datacheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearDuplicateSearchTest {
    private static final NearDuplicateRule RULE = NearDuplicateRule.DEFAULT;

    @Property(seed = "13", tries = 200)
    void equalTextsAreAlwaysFound(@ForAll @Size(min = 1, max = 8) List<@StringLength(max = 60) String> texts) {
        List<String> twice = new ArrayList<>(texts);
        twice.addAll(texts);
        int n = texts.size();
        var found = new NearDuplicateSearch(RULE, twice).find(
                IntStream.range(0, n).toArray(), IntStream.range(n, 2 * n).toArray());
        assertThat(found).extracting(NearDuplicateSearch.Match::text).containsExactlyElementsOf(
                IntStream.range(0, n).boxed().toList());
    }

    @Test
    void whatIsFoundIsTrulySimilarAndNearlyAllThatIsSimilarIsFound() {
        Random random = new Random(17);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            List<String> words = words(random, 60);
            texts.add(String.join(" ", words));
            for (int changed = 0; changed < 1 + i % 8; changed++) {
                words.set(random.nextInt(words.size()), word(random));
            }
            texts.add(String.join(" ", words));
        }
        int[] originals = IntStream.range(0, 400).map(i -> 2 * i).toArray();
        int[] changed = IntStream.range(0, 400).map(i -> 2 * i + 1).toArray();
        List<Integer> similar = IntStream.of(changed)
                .filter(i -> similarity(texts.get(i), texts.get(i - 1)) >= RULE.threshold())
                .boxed()
                .toList();
        var found = new NearDuplicateSearch(RULE, texts).find(changed, originals);

        assertThat(similar).hasSizeBetween(100, 300);
        assertThat(found).allSatisfy(match -> {
            assertThat(match.partner()).isEqualTo(match.text() - 1);
            assertThat(match.similarity()).isEqualTo(similarity(texts.get(match.text()), texts.get(match.partner())));
        });
        assertThat(found).extracting(NearDuplicateSearch.Match::text).isSubsetOf(similar);
        assertThat(found.size()).isGreaterThanOrEqualTo(similar.size() - 1);
    }

    @Test
    void recallIsThatOfTheBands() {
        // 1 − (1 − 0.8⁶)²⁴ = 1 − 0.737856²⁴
        assertThat(RULE.recallAtThreshold()).isCloseTo(0.99932, within(1e-5));
        assertThat(1 - RULE.recall(0.9)).isLessThan(1e-7);
        assertThat(new NearDuplicateRule(1, 1, 0.5).recall(0.7)).isCloseTo(0.7, within(1e-12));
    }

    @Test
    void aRuleOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new NearDuplicateRule(24, 6, 80)).hasMessageContaining("80.0");
        assertThatThrownBy(() -> new NearDuplicateRule(0, 6, 0.8)).hasMessageContaining("0, 6, 0.8");
    }

    private static double similarity(String one, String other) {
        return Shingles.jaccard(Shingles.setOf(one), Shingles.setOf(other));
    }

    private static List<String> words(Random random, int count) {
        return IntStream.range(0, count).mapToObj(i -> word(random)).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String word(Random random) {
        return random.ints(2 + random.nextInt(8), 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
