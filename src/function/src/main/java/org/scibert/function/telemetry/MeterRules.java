package org.scibert.function.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules for all meters, those of Quarkus and the JVM too: no label value comes from a caller, and {@code promtool
 * check metrics} has nothing to say.
 */
final class MeterRules {
    private static final String METHOD = "method";
    private static final String OTHER = "OTHER";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", OTHER);

    /** The first ends in an abbreviated unit, the second has samples that the text format can't describe. */
    private static final Set<String> LEFT_OUT = Set.of("process.cpu.time", "http.server.connections");

    /** The suffix "count" belongs to histograms and summaries. */
    private static final Map<String, String> RENAMED =
            Map.of("system.cpu.count", "system.cpus", "jvm.classes.loaded.count", "jvm.classes.loaded.ever");

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "http.server.active.requests", "HTTP requests under way");

    private MeterRules() {}

    @Produces
    @Singleton
    static MeterFilter filter() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return LEFT_OUT.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
            }

            @Override
            public Meter.Id map(Meter.Id id) {
                return MeterRules.map(id);
            }
        };
    }

    static Meter.Id map(Meter.Id id) {
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : id.getTagsAsIterable()) {
            boolean known = !tag.getKey().equals(METHOD) || METHODS.contains(tag.getValue());
            tags.add(known ? tag : Tag.of(METHOD, OTHER));
        }
        Meter.Id mapped = id.replaceTags(tags).withName(RENAMED.getOrDefault(id.getName(), id.getName()));
        String description = DESCRIPTIONS.get(id.getName());
        return description == null || id.getDescription() != null
                ? mapped
                : new Meter.Id(mapped.getName(), Tags.of(tags), id.getBaseUnit(),
                        description, id.getType());
    }
}
