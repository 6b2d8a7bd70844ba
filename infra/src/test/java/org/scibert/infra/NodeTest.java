package org.scibert.infra;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NodeTest {
    @Test
    void aMissingNodeIsSaidWithWhatToDo() {
        assertThatThrownBy(() -> Node.require("no-such-node"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("CDK needs Node.js, 22 or newer, and \"no-such-node\" did not run")
                .hasMessageEndingWith("install it, or set JSII_NODE to its path");
    }

    @Test
    void aNodeThatFailsIsNotTakenForOne() {
        assertThatThrownBy(() -> Node.require("false")).hasMessageContaining("exit code 1");
    }

    @Test
    void thisMachineHasOne() {
        assertThatCode(Node::require).doesNotThrowAnyException();
    }
}
