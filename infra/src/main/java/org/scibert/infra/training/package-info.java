/**
 * The GPU job: when it starts, on which machines, with which rights, and who is told when it fails. Between two runs
 * there is no machine. An administrator deploys the training stack; GitHub deploys the job's definition, a stack of its
 * own.
 */
package org.scibert.infra.training;
