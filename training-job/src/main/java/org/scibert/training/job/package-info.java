/** The job from end to end: rows and an encoder in, a published and promoted release out. */
package org.scibert.training.job;

