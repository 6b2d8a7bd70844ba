/**
 * Screening of whole files on Apache Spark: each executor opens the release once and classifies its share with the same
 * classes as the function. For those who have a cluster; without one there is the state machine of {@code infra}.
 */
package org.scibert.spark;
