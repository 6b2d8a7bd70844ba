package org.scibert.infra.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GitHub's expressions as far as the workflows use them: names, strings, {@code || && == != !}, {@code failure()} and
 * {@code cancelled()}.
 */
final class Conditions {
    private static final Pattern PLACE = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");
    private static final Pattern TOKEN = Pattern.compile("\\s*(\\|\\||&&|==|!=|!|\\(|\\)|'[^']*'|[\\w.-]+(?:\\(\\))?)");

    private final Function<String, String> names;
    private List<String> tokens = List.of();
    private int next;

    /** @param names what a name such as {@code vars.PROJECT} stands for; the empty string if nothing */
    Conditions(Function<String, String> names) {
        this.names = names;
    }

    /** A text with every <code>${{ … }}</code> replaced. */
    String fill(String text) {
        Matcher places = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(filled, Matcher.quoteReplacement(value(places.group(1))));
        }
        return places.appendTail(filled).toString();
    }

    /** Whether a job's or step's condition holds; an empty one does. */
    boolean holds(String condition) {
        Matcher place = PLACE.matcher(condition);
        String text = place.matches() ? place.group(1) : condition;
        return text.isEmpty() || truth(value(text));
    }

    private String value(String expression) {
        List<String> found = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        int end = 0;
        while (end < expression.length() && matcher.find(end) && matcher.start() == end) {
            found.add(matcher.group(1));
            end = matcher.end();
        }
        if (!expression.substring(end).isBlank()) {
            throw new IllegalArgumentException("can't read " + expression + " from " + expression.substring(end));
        }
        tokens = found;
        next = 0;
        return or();
    }

    private String or() {
        String left = and();
        while (take("||")) {
            String right = and();
            left = truth(left) ? left : right;
        }
        return left;
    }

    private String and() {
        String left = comparison();
        while (take("&&")) {
            String right = comparison();
            left = truth(left) ? right : left;
        }
        return left;
    }

    private String comparison() {
        String left = one();
        if (take("==")) {
            return Boolean.toString(left.equals(one()));
        }
        return take("!=") ? Boolean.toString(!left.equals(one())) : left;
    }

    private String one() {
        if (take("!")) {
            return Boolean.toString(!truth(one()));
        }
        if (take("(")) {
            String inner = or();
            take(")");
            return inner;
        }
        String token = tokens.get(next++);
        return token.startsWith("'") ? token.substring(1, token.length() - 1) : names.apply(token);
    }

    private boolean take(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private static boolean truth(String value) {
        return !value.isEmpty() && !value.equals("false");
    }
}
