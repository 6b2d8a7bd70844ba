package org.scibert.function;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.scibert.classifier.ModelConfig;
import org.scibert.lexicon.Blend;
import org.scibert.lexicon.TinyLexicon;

/** A store whose tiny model decides by words beside its network. */
public class BlendedStore extends TinyStore {
    @Override
    protected void complete(Path release) throws IOException {
        ModelConfig.read(release)
                .with(new Blend(List.of(0.5), List.of(2.), List.of(-0.25)))
                .write(release);
        TinyLexicon.of(1).write(release);
    }
}
