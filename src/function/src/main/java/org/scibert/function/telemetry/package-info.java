/**
 * What those who run the function see: metrics, traces, and log lines without a caller's text.
 *
 * <p>Knows numbers, codes and versions; knows no requests and no models.
 */
package org.scibert.function.telemetry;
