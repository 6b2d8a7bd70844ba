package org.scibert.infra;

import com.fasterxml.jackson.databind.JsonNode;

/** Templates for the tests of other packages. */
public final class TestTemplates {
    private TestTemplates() {}

    /** The properties of the screening state machine. */
    public static JsonNode stateMachine() {
        return Templates.of("screening").only("AWS::StepFunctions::StateMachine");
    }
}
