package org.scibert.function;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.eclipse.microprofile.config.Config;
import org.scibert.function.http.ServerProbe;
import org.scibert.function.keys.Keys;
import org.scibert.function.serving.ModelLoader;
import org.scibert.function.serving.Refresh;
import org.scibert.function.settings.StartFailure;
import org.scibert.io.Text;

/** Loads the model before the first request is let in, or ends the start with one line that says why. */
@Singleton
public class Start {
    private final Config config;
    private final ModelLoader loader;
    private final Refresh refresh;
    private final Keys keys;

    @Inject
    Start(Config config, ModelLoader loader, Refresh refresh, Keys keys) {
        this.config = config;
        this.loader = loader;
        this.refresh = refresh;
        this.keys = keys;
    }

    void load(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            // Quarkus does the same once the model is loaded, which may take minutes.
            ServerProbe.problem(config).ifPresent(problem -> {
                throw StartFailure.of(problem);
            });
        }
        try {
            loader.load();
        } catch (IOException | RuntimeException e) {
            throw StartFailure.of(reason(e));
        }
        refresh.begin();
        keys.begin();
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException file) {
            return file.getFile() + " does not exist";
        }
        if (e instanceof AccessDeniedException file) {
            return file.getFile() + " may not be read or written by this user";
        }
        if (e instanceof FileSystemException file) {
            return Text.format("%s can't be used: %s", file.getFile(), file.getReason());
        }
        return e.getMessage();
    }
}
