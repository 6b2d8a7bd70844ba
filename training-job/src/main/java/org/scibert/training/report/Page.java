package org.scibert.training.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scibert.io.Sha256;
import org.scibert.io.Text;

/**
 * Sections as one HTML file. It loads nothing: style, script and Apache ECharts stand in it, and its
 * Content-Security-Policy allows these, by their digests, and no other.
 */
final class Page {
    private static final Configuration TEMPLATES = templates();
    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");
    private static final String CHARTS = resource("echarts.common.min.js");

    private Page() {}

    /** One of the numbers at the top of the page. */
    public record Highlight(String name, String value) {}

    /** @param kind of page, behind the title in the window's title */
    static String html(
            String kind, String title, String subtitle, List<Highlight> highlights, List<Section> sections) {
        Map<String, Object> values = Map.of(
                "kind", kind,
                "title", title,
                "subtitle", subtitle,
                "highlights", highlights,
                "sections", sections,
                "policy", Text.format(
                        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src %s; script-src %s %s",
                        source(STYLE), source(CHARTS), source(SCRIPT)),
                "style", STYLE,
                "charts", CHARTS,
                "script", SCRIPT);
        try {
            Template template = TEMPLATES.getTemplate("report.ftlh");
            StringWriter html = new StringWriter();
            template.process(values, html);
            return html.toString();
        } catch (IOException | TemplateException e) {
            throw new IllegalStateException("the report's template can't be filled; this is a bug", e);
        }
    }

    private static Configuration templates() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(Page.class, "");
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE); // escapes every value
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        configuration.setLogTemplateExceptions(false);
        configuration.setAPIBuiltinEnabled(false);
        return configuration;
    }

    /** The name that the policy has for a script or style in the page: its digest. */
    private static String source(String content) {
        return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.bytes(content.getBytes(StandardCharsets.UTF_8)))
                + "'";
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new IllegalStateException(name + " is not in the jar; this is a bug", e);
        }
    }
}
