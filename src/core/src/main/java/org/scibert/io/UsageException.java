package org.scibert.io;

import java.util.function.Supplier;

/**
 * An option, an argument or a variable that a person gave is refused; the message names it, its value and what to give
 * instead. Trying again won't help, unlike after most other exceptions.
 */
public final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    private UsageException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }

    /**
     * Makes a value from what a person gave, where nothing but the value's own checks can fail.
     *
     * @throws UsageException for the {@link IllegalArgumentException} of a check, with its message
     */
    public static <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (UsageException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }
}
