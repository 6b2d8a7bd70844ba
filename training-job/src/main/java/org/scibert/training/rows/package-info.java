/**
 * Labelled rows: read from JSON lines, CSV or TSV, checked, and their labels put in order.
 *
 * <p>All that is wrong with a file is said here, with file and line, before any training. Knows no tokens.
 */
package org.scibert.training.rows;

