package org.scibert.training.encoder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scibert.io.Text;
import org.scibert.io.UsageException;

/**
 * A repository on a hub at a revision.
 *
 * @param owner a user or an organization
 * @param name of the repository
 * @param revision a branch, a tag or a commit
 */
record HubSpec(String owner, String name, String revision) {
    static final String PREFIX = "hf:";

    private static final String DEFAULT_REVISION = "main";
    private static final String WORD = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final Pattern SYNTAX = Pattern.compile(PREFIX + Text.format("(%1$s)/(%1$s)(?:@(%1$s))?", WORD));
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** @throws UsageException if the spec isn't {@code hf:OWNER/NAME[@REVISION]} */
    static HubSpec parse(String spec) {
        Matcher parts = SYNTAX.matcher(spec);
        // The hub allows neither in a name; ".." would leave the cache, "--" could be the folder of two repositories.
        if (!parts.matches() || spec.contains("..") || spec.contains("--")) {
            throw new UsageException(
                    Text.format("\"%s\" is not hf:OWNER/NAME[@REVISION], like hf:allenai/scibert_scivocab_uncased@main",
                            spec));
        }
        return new HubSpec(parts.group(1), parts.group(2), parts.group(3) == null ? DEFAULT_REVISION : parts.group(3));
    }

    /** Whether the revision is a full commit, whose files never change. */
    boolean pinned() {
        return isCommit(revision);
    }

    static boolean isCommit(String revision) {
        return COMMIT.matcher(revision).matches();
    }

    @Override
    public String toString() {
        return PREFIX + owner + "/" + name + "@" + revision;
    }
}
