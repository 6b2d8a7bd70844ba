package org.scibert.training.rows;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text without the HTML and JATS that publishers leave in titles and abstracts. */
final class Markup {
    private static final Pattern BLOCK = Pattern.compile(
            "(?i)</?(?:jats:)?(?:p|br|div|sec|title|label|abstracttext|abstract|li|ul|ol|h[1-6])(?:\\s[^<>]*)?/?>");
    private static final Pattern INLINE = Pattern.compile(
            "(?i)</?(?:jats:)?(?:i|b|em|strong|sub|sup|italic|bold|sc|u|span|font|inf|a|named-content|styled-content|"
                    + "underline|inline-formula|(?:mml:)?m[a-z]+)(?:\\s[^<>]*)?/?>");
    private static final Pattern ENTITY = Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});");
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"), Map.entry("lt", "<"), Map.entry("gt", ">"), Map.entry("quot", "\""),
            Map.entry("apos", "'"), Map.entry("nbsp", " "), Map.entry("alpha", "α"), Map.entry("beta", "β"),
            Map.entry("gamma", "γ"), Map.entry("delta", "δ"), Map.entry("kappa", "κ"), Map.entry("lambda", "λ"),
            Map.entry("mu", "μ"), Map.entry("micro", "µ"), Map.entry("omega", "ω"), Map.entry("deg", "°"),
            Map.entry("plusmn", "±"), Map.entry("times", "×"), Map.entry("le", "≤"), Map.entry("ge", "≥"),
            Map.entry("ndash", "–"), Map.entry("mdash", "—"), Map.entry("hellip", "…"), Map.entry("rsquo", "’"),
            Map.entry("lsquo", "‘"), Map.entry("rdquo", "”"), Map.entry("ldquo", "“"), Map.entry("eacute", "é"),
            Map.entry("auml", "ä"), Map.entry("ouml", "ö"), Map.entry("uuml", "ü"));

    private Markup() {}

    static String toText(String text) {
        if (text.indexOf('<') < 0 && text.indexOf('&') < 0) {
            return text;
        }
        String plain = INLINE.matcher(BLOCK.matcher(text).replaceAll(" ")).replaceAll("");
        Matcher entity = ENTITY.matcher(plain);
        return entity.replaceAll(found -> Matcher.quoteReplacement(character(found.group(1), found.group())))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String character(String name, String otherwise) {
        if (!name.startsWith("#")) {
            return NAMED.getOrDefault(name, otherwise);
        }
        boolean hexadecimal = name.charAt(1) == 'x' || name.charAt(1) == 'X';
        int code = Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
        return Character.isValidCodePoint(code) && code >= ' ' && !(code >= 0xD800 && code <= 0xDFFF)
                ? Character.toString(code)
                : otherwise;
    }
}
