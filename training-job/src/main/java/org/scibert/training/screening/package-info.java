/**
 * What people decided about records, and how far they are: agreement of several screeners, their labels merged, and the
 * progress of a screening in ranked order.
 *
 * <p>Counts and tests what stands in files. It decides nothing for people: conflicts are listed, and no number here is
 * an advice to stop.
 */
package org.scibert.training.screening;
