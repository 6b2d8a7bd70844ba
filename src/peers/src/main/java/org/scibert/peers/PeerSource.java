package org.scibert.peers;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.scibert.classifier.ModelConfig;
import org.scibert.function.serving.LoadTimes;
import org.scibert.function.serving.Model;
import org.scibert.function.serving.ModelSource;
import org.scibert.function.serving.ReleaseSource;
import org.scibert.io.TemporaryFolder;
import org.scibert.io.UsageException;
import org.scibert.network.NetworkConfig;
import org.scibert.release.Manifest;
import org.scibert.release.Releases;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.text.Encoding;
import org.scibert.weights.Safetensors;

/**
 * The function's source of models with ONNX Runtime in the network's place where PEER is fp32 or int8; without PEER,
 * the function as it is. PEER_THREADS is the number of threads of one call, by default one for each processor. All else
 * (HTTP, queue, tokens, decisions) is the function's.
 */
@Alternative
@Priority(1)
@Singleton
public class PeerSource implements ModelSource {
    private final ReleaseSource released;
    private final Optional<String> precision;
    private final Optional<Integer> threads;

    @Inject
    PeerSource(
            ReleaseSource released,
            @ConfigProperty(name = "PEER") Optional<String> precision,
            @ConfigProperty(name = "PEER_THREADS") Optional<Integer> threads) {
        this.released = released;
        this.precision = precision;
        this.threads = threads;
    }

    @Override
    public Model open(LoadTimes times) throws IOException {
        Model model = released.open(times);
        if (precision.isEmpty()) {
            return model;
        }
        if (!List.of("fp32", "int8").contains(precision.get())) {
            throw new UsageException("PEER is \"" + precision.get() + "\"; set it to fp32 or int8, or leave it unset");
        }
        return inNetworksPlace(model, release(model.manifest()));
    }

    @Override
    public Optional<Model> openIfReplaced(LoadTimes times, Runnable beforeOpening) {
        return Optional.empty(); // measured with one release
    }

    /** @param padId input id of [PAD] */
    private record Peer(OnnxNetwork network, long padId) {}

    private Peer release(Manifest manifest) throws IOException {
        Map<String, String> environment = System.getenv();
        try (TemporaryFolder cache = TemporaryFolder.create("peers");
                ObjectStore store = ObjectStores.open(environment.get("MODEL_STORE"), environment)) {
            Path folder = new Releases(store, manifest.name(), Clock.systemUTC())
                    .open(Optional.of(manifest.version()), cache.path()).folder();
            NetworkConfig config = ModelConfig.read(folder).network();
            OnnxNetwork network = new OnnxNetwork(config, Safetensors.map(folder.resolve(Manifest.WEIGHTS)),
                    precision.get().equals("int8"), threads.orElse(Runtime.getRuntime().availableProcessors()));
            return new Peer(network, config.encoder().padTokenId());
        }
    }

    @SuppressWarnings("unchecked")
    private static Model inNetworksPlace(Model model, Peer peer) {
        return (Model) Proxy.newProxyInstance(Model.class.getClassLoader(), new Class<?>[] {Model.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "logits":
                            ((Runnable) arguments[1]).run();
                            return peer.network().logits((List<Encoding>) arguments[0], peer.padId());
                        case "precisionReason":
                            return "ONNX Runtime stands in the network's place";
                        case "close":
                            peer.network().close();
                            model.close();
                            return null;
                        default:
                            try {
                                return method.invoke(model, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                    }
                });
    }
}
