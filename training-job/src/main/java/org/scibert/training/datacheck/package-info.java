/**
 * What may be wrong with labelled rows before anything is learned from them: texts that stand in more than one split,
 * duplicates, contradictory labels, labels that are one or look like one, header rows, empty texts, rare labels, and
 * what a limit of tokens would cut; and which rows are about one work, and what a split of one file can show.
 *
 * <p>Finds and counts; what happens then is the caller's decision. Holds no text beyond the rows it is given: a report
 * names rows by split, line and id.
 */
package org.scibert.training.datacheck;

