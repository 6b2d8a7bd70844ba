package org.scibert.training.lexical;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a release may decide by, from the simplest to the least simple. */
public enum Candidate {
    /** The encoder that the job trained. */
    ENCODER("encoder", false, false),
    /** The encoder before fine-tuning, with a regression as its head. */
    FROZEN("frozen encoder", true, false),
    /** The lexicon; the network is not asked. */
    WORDS("words", false, true),
    ENCODER_AND_WORDS("encoder and words", false, true),
    FROZEN_AND_WORDS("frozen encoder and words", true, true);

    private final String title;
    private final boolean frozen;
    private final boolean words;

    Candidate(String title, boolean frozen, boolean words) {
        this.title = title;
        this.frozen = frozen;
        this.words = words;
    }

    /** The name in JSON and sentences. */
    @JsonValue
    public String title() {
        return title;
    }

    /** Whether the network is the encoder as it was before fine-tuning. */
    public boolean isFrozen() {
        return frozen;
    }

    /** Whether the encoder that the job trained is part of it. */
    public boolean isFineTuned() {
        return this == ENCODER || this == ENCODER_AND_WORDS;
    }

    /** Whether a lexicon is part of it. */
    public boolean hasWords() {
        return words;
    }
}
