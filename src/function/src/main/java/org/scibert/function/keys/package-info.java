/**
 * The keys that callers show: their digests from the settings, a file or a secret, and a budget of texts for each.
 *
 * <p>Knows keys, names and numbers; knows no requests and no answers.
 */
package org.scibert.function.keys;
