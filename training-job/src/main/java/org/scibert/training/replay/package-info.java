/** A release trained again from its provenance, and its weights compared with those that were published. */
package org.scibert.training.replay;
