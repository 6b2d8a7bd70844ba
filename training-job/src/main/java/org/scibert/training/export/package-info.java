/**
 * Writes releases in the forms that other programs read.
 *
 * <p>Only reads releases; what is exported is never served from here.
 */
package org.scibert.training.export;
