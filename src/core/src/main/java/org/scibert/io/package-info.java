/**
 * Files, JSON and settings, as the rest of the code needs them: files that appear whole or not at all, temporary
 * folders, locks, SHA-256, one strict JSON mapper, environment variables.
 *
 * <p>Does not know what is in the files, and knows no object stores.
 */
package org.scibert.io;
