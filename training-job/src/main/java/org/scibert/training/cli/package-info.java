/** The command line. Options and their help; no work of its own. */
package org.scibert.training.cli;
