package org.scibert.infra;

import com.fasterxml.jackson.databind.JsonNode;

/** Templates for the tests of other packages. */
public final class TestTemplates {
    private TestTemplates() {}

    /** A stack's template as it is deployed. */
    public static JsonNode raw(String stack) {
        return Templates.of(stack).raw();
    }

    /** The rule that tells of a screening run that failed. */
    public static JsonNode screeningNotice() {
        return Templates.of("screening").only("AWS::Events::Rule");
    }

    /** The properties of the screening state machine. */
    public static JsonNode stateMachine() {
        return Templates.of("screening").only("AWS::StepFunctions::StateMachine");
    }
}
