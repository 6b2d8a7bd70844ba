package org.scibert.infra.config;

/** How a new version of the function takes over from the one in service. */
public enum Rollout {
    /** At once; an alarm tells people, nothing is rolled back by itself. */
    ALL_AT_ONCE,
    /** A tenth of the requests for five minutes, then all; an alarm in that time takes it back. */
    CANARY,
    /** A tenth more each minute; for traffic so low that five minutes of a tenth see nobody. */
    LINEAR
}
