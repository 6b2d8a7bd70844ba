package org.scibert.function;

import java.util.Map;

/** What came back through a door; headers in lower case. */
record Reply(int status, Map<String, String> headers, String body) {}
