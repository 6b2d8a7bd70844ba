/**
 * Files as reference managers, screening tools and spreadsheets write them, read as records: fields by name, the line
 * that a record begins in, and its text as it stands in the file, so that a program can write the file back unchanged.
 *
 * <p>Writers give the records back, in their own form or in another, with a few values more for each.
 *
 * <p>The format is told by the content and not by the name. Records know nothing of texts to learn from or of labels:
 * {@link org.scibert.training.rows} chooses those among the fields.
 */
package org.scibert.training.records;

