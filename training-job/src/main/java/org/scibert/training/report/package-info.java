/**
 * The report of a training job and the model card: one HTML file with charts and tables that opens without a network,
 * and one Markdown file with the same tables.
 *
 * <p>Sections turn what was measured into charts and tables; {@link org.scibert.training.report.Page} turns these into
 * HTML and {@link org.scibert.training.report.ModelCard} into Markdown. Nothing is measured here, and whatever comes
 * from data is escaped.
 */
package org.scibert.training.report;
