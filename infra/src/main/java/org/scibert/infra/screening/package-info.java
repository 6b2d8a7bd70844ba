/**
 * Screening of whole files: a Step Functions state machine reads a JSON-lines file, asks the function in batches and
 * writes one object for each. Its definition is the resource {@code screening.asl.json}; it runs no code of ours.
 */
package org.scibert.infra.screening;
