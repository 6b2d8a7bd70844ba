/**
 * The GPU job: when it starts, on which machines, with which rights, and who is told when it fails. Between two runs
 * there is no machine. An administrator deploys it first; after that GitHub may replace the job's definition.
 */
package org.scibert.infra.training;
