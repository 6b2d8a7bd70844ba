package org.scibert.function.room;

import java.util.Map;

/**
 * An answer and what goes beside it.
 *
 * @param body what becomes JSON
 * @param headers that say more about it
 */
public record Answer<T>(T body, Map<String, String> headers) {}
