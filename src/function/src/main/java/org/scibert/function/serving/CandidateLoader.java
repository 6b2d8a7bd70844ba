package org.scibert.function.serving;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.scibert.classifier.PrecisionChoice;
import org.scibert.io.Text;
import org.scibert.release.Candidate;
import org.scibert.release.CorruptReleaseException;
import org.scibert.release.LocalRelease;
import org.scibert.release.ReleaseNotFoundException;
import org.scibert.release.Releases;
import org.scibert.release.UntrustedReleaseException;
import org.scibert.release.Version;
import org.scibert.store.StoreUnavailableException;
import org.scibert.store.Tagged;

/**
 * Puts candidates on trial beside the model in service, and takes them off: the version that the settings name, or the
 * store's. A candidate that can't be had is refused with its reason; the model in service goes on.
 */
@Singleton
public class CandidateLoader {
    private static final Logger LOG = Logger.getLogger(CandidateLoader.class);
    /** A folder beside the releases in service, of which only few copies are kept. */
    private static final String CACHE = "candidate";

    private final ReleaseSource source;
    private final ModelInService service;
    private final Canary canary;
    private final CandidateSettings settings;
    private final Supplier<OptionalLong> freeMemory;
    private Optional<Tagged<Candidate>> stored = Optional.empty();
    /** What was put on trial or refused last, and beside which version. */
    private Wanted handled;
    private Model.Id besides;

    @Inject
    CandidateLoader(ReleaseSource source, ModelInService service, Canary canary, CandidateSettings settings) {
        this(source, service, canary, settings, FreeMemory::bytes);
    }

    CandidateLoader(ReleaseSource source, ModelInService service, Canary canary, CandidateSettings settings,
            Supplier<OptionalLong> freeMemory) {
        this.source = source;
        this.service = service;
        this.canary = canary;
        this.settings = settings;
        this.freeMemory = freeMemory;
    }

    /** A version that is to be on trial; the stored one knows its manifest. */
    private record Wanted(Version version, Optional<Double> share, Optional<Candidate> stored) {}

    /** A release that is whole and can't be tried here. The message is for callers. */
    private static final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnfitException(String message) {
            super(message);
        }
    }

    /** Whether the settings name a version, so that there is something to do without a store's word. */
    boolean isNamed() {
        return settings.version().isPresent();
    }

    /**
     * Ends the trial, if one goes on, before another model takes the place of the one in service: no three at a time.
     */
    synchronized void makeRoom() {
        canary.end();
        handled = null;
    }

    /**
     * Looks whether a candidate has come, changed or gone.
     *
     * @throws IOException if the store does not say
     */
    synchronized void look() throws IOException {
        Optional<Wanted> wanted = wanted();
        Model.Id served = served();
        if (wanted.isEmpty() || wanted.get().version().toString().equals(served.version())) {
            makeRoom();
            return;
        }
        if (wanted.get().equals(handled) && served.equals(besides)) {
            return; // on trial, withdrawn or refused
        }
        makeRoom();
        try {
            canary.begin(open(wanted.get()), wanted.get().share());
        } catch (StoreUnavailableException e) {
            throw e; // another time
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.errorf("the candidate %s is refused: %s", wanted.get().version(), e.getMessage());
            canary.refuse(
                    new Model.Id(served.name(), wanted.get().version().toString()), wanted.get().share(), reason(e));
        }
        handled = wanted.get();
        besides = served;
    }

    /** In words of this class: callers see it, and no exception's text is for them. */
    private static String reason(Throwable failure) {
        if (failure instanceof UnfitException) {
            return failure.getMessage();
        }
        if (failure instanceof UntrustedReleaseException) {
            return "it is not signed by a trusted key";
        }
        if (failure instanceof CorruptReleaseException) {
            return "its files are not what its manifest says";
        }
        if (failure instanceof ReleaseNotFoundException) {
            return "it is not published";
        }
        return "it can't be opened; the log says why";
    }

    private Optional<Wanted> wanted() throws IOException {
        if (settings.version().isPresent()) {
            return Optional.of(new Wanted(settings.version().get(), settings.share(), Optional.empty()));
        }
        if (settings.none() || !source.followsPointer()) {
            return Optional.empty();
        }
        Releases releases = source.releases();
        if (stored.isEmpty()) {
            stored = releases.trial().read();
        } else {
            Optional<Tagged<Candidate>> changed = releases.trial().readIfChanged(stored.get().tag());
            stored = changed.isPresent() ? changed : stored;
        }
        return stored.map(Tagged::value)
                .filter(Candidate::onTrial)
                .map(c -> new Wanted(c.version(), Optional.ofNullable(c.share()), Optional.of(c)));
    }

    private Model.Id served() {
        try (ModelInService.Lease lease = service.lease()) {
            return lease.model().id();
        }
    }

    private Model open(Wanted wanted) throws IOException {
        Path cache = source.cache().resolve(CACHE);
        PrecisionChoice choice = source.precision();
        LocalRelease release = wanted.stored().isPresent()
                ? source.releases().trial().open(wanted.stored().get(), cache, choice::weights)
                : source.releases().open(Optional.of(wanted.version()), cache, choice::weights);
        requireMemory(release, choice.weights(release));
        Model candidate = ReleasedModel.open(release, choice);
        try {
            ModelLoader.warmUp(candidate);
            requireComparable(candidate);
            return candidate;
        } catch (RuntimeException e) {
            candidate.close();
            throw e;
        }
    }

    private void requireMemory(LocalRelease release, List<String> weights) {
        long needed = weights.stream().mapToLong(file -> release.manifest().files().get(file).size()).sum();
        OptionalLong free = freeMemory.get();
        if (free.isPresent() && free.getAsLong() < needed) {
            throw new UnfitException(Text.format(
                    "its weights have %d MB and %d MB of memory are free; give the function more, or have it served"
                            + " in int8",
                    needed >> 20, free.getAsLong() >> 20));
        }
    }

    /** Callers are promised the labels of the model in service. */
    private void requireComparable(Model candidate) {
        try (ModelInService.Lease lease = service.lease()) {
            Model served = lease.model();
            if (candidate.rule().task() != served.rule().task()
                    || !candidate.rule().labels().equals(served.rule().labels())) {
                throw new UnfitException(Text.format(
                        "it is %s with the labels %s, and the model in service is %s with %s; promote it without a"
                                + " trial",
                        candidate.rule().task().title(), candidate.rule().labels(), served.rule().task().title(),
                        served.rule().labels()));
            }
        }
    }
}
