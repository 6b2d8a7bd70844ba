/**
 * The report of a training job: one HTML file with pictures and tables that opens without a network.
 *
 * <p>Sections turn what was measured into charts and tables, {@link org.scibert.training.report.Page} turns these into
 * HTML. Nothing is measured here, and whatever comes from data is escaped.
 */
package org.scibert.training.report;
