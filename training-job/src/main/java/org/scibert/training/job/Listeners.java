package org.scibert.training.job;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Several listeners as one. */
public final class Listeners {
    private Listeners() {}

    /**
     * Tells each, in their order, what the whole is told; those that know less than the whole hear what they know.
     *
     * @param type an interface whose methods return nothing
     */
    public static <T> T all(Class<T> type, Object... listeners) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            for (Object listener : listeners) {
                if (method.getDeclaringClass().isInstance(listener)) {
                    try {
                        method.invoke(listener, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }
            }
            return null;
        }));
    }
}
