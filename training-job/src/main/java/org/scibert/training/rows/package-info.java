/**
 * Labelled rows, made of the records of files: which fields are text, label and id, how labels are spelled, and which
 * records have no text or no label; the splits; the labels of a job and its task.
 *
 * <p>What is wrong with a file is said here, with file and line, before any training. Knows no formats and no tokens.
 */
package org.scibert.training.rows;

