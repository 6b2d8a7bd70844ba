package org.scibert.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The weights that learn, sorted into groups that AdamW treats alike.
 *
 * @param names of the weights that learn, in the order of {@link WeightNames}
 * @param groups the group of each
 */
record ParameterGroups(List<String> names, List<Group> groups) {

    /**
     * @param weightDecay of AdamW
     * @param rate what the step's learning rate is multiplied by
     */
    record Group(double weightDecay, double rate) {}

    static ParameterGroups of(NetworkConfig network, OptimizerConfig optimizer) {
        int layers = network.encoder().layers();
        List<String> names = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        for (String name : WeightNames.names(network.encoder(), network.outputs())) {
            int depth = WeightNames.depth(name, layers);
            if (depth == 0 || !optimizer.frozenEncoder()) {
                names.add(name);
                groups.add(new Group(
                        WeightNames.decays(name) ? optimizer.weightDecay() : 0,
                        Math.pow(optimizer.layerDecay(), depth)));
            }
        }
        return new ParameterGroups(names, groups);
    }

    /** Each group once, in the order of its first weight. */
    List<Group> distinct() {
        return groups.stream().distinct().toList();
    }

    /** For each weight, the position of its group in {@link #distinct()}. */
    long[] positions() {
        List<Group> distinct = distinct();
        return groups.stream().mapToLong(distinct::indexOf).toArray();
    }
}
