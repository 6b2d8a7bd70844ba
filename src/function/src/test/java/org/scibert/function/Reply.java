package org.scibert.function;

import java.util.Map;

/** A reply over HTTP or from Lambda; headers in lower case. */
record Reply(int status, Map<String, String> headers, String body) {}
