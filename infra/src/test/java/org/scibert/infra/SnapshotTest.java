package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates as last reviewed: a change to the stacks shows as a change to these files in the same commit. */
class SnapshotTest {
    private static final Path FOLDER = Path.of("src/test/resources/templates");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    /** CloudFormation takes no more in a request; beyond it a template needs a bucket. */
    private static final long TEMPLATE_BYTES = 51_200;

    @ParameterizedTest
    @ValueSource(strings = {"foundation", "service", "training", "job", "screening", "gateway"})
    void templatesAreThoseThatWereReviewed(String stack) throws IOException {
        String now = normal(Templates.of(stack));
        Path reviewed = FOLDER.resolve(stack + ".json");
        if (Boolean.getBoolean("snapshots.write")) {
            Files.writeString(reviewed, now);
        }
        assertThat(now)
                .as("The template of %s differs from %s. If it should, run `mvn -f infra/pom.xml test "
                        + "-Dtest=SnapshotTest -Dsnapshots.write=true` and review the difference.", stack, reviewed)
                .isEqualTo(Files.readString(reviewed));
    }

    @Test
    void templatesFitIntoARequest() {
        assertThat(Templates.all().values()).allSatisfy(template ->
                assertThat(Files.size(template.file())).isLessThanOrEqualTo(TEMPLATE_BYTES));
    }

    @Test
    void templatesNeedNoAssetAndNoBootstrap() {
        assertThat(Templates.all().values()).allSatisfy(template ->
                assertThat(template.raw().toString())
                        .doesNotContain("cdk-hnb659fds", "AssetParameters", "BootstrapVersion"));
    }

    /** Sorted keys, and without the number by which CDK tells one version of the function from another. */
    private static String normal(Template template) throws IOException {
        Object sorted = JSON.treeToValue(template.raw(), Object.class);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        return JSON.writer(printer).writeValueAsString(sorted)
                .replaceAll("(FunctionCurrentVersion[0-9A-F]{8})[0-9a-f]{32}", "$1HASH") + "\n";
    }
}
