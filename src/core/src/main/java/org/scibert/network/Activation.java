package org.scibert.network;

import org.scibert.io.Text;

/** The two forms of GELU that BERT checkpoints use; they differ by up to 5e-4, enough to change an answer. */
public enum Activation {
    /** {@code x · Φ(x)} with the error function; {@code gelu} in a Hugging Face config.json. */
    GELU("none", "gelu"),
    /** The tanh approximation of the first BERT release; {@code gelu_new} or {@code gelu_pytorch_tanh}. */
    GELU_TANH("tanh", "gelu_new");

    private final String approximate;
    private final String hiddenAct;

    Activation(String approximate, String hiddenAct) {
        this.approximate = approximate;
        this.hiddenAct = hiddenAct;
    }

    /** The {@code approximate} argument of {@code torch.gelu}. */
    public String approximate() {
        return approximate;
    }

    /** The name in config.json. */
    public String hiddenAct() {
        return hiddenAct;
    }

    /** @throws IllegalArgumentException if {@code hiddenAct} is neither form of GELU */
    public static Activation ofHiddenAct(String hiddenAct) {
        return switch (hiddenAct) {
            case "gelu", "gelu_python" -> GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> GELU_TANH;
            default -> throw new IllegalArgumentException(
                    Text.format(
                            "hidden_act \"%s\" is not supported; use an encoder with gelu, gelu_new or"
                                    + " gelu_pytorch_tanh",
                            hiddenAct));
        };
    }
}
