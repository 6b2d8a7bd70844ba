package org.scibert.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameter groups of AdamW: the weights that learn, and which weight decay and learning rate each has.
 *
 * @param names names of the weights that learn, in the order of {@link WeightNames}
 * @param groups the group of each weight
 */
record ParameterGroups(List<String> names, List<Group> groups) {

    /**
     * One parameter group.
     *
     * @param weightDecay AdamW's weight decay
     * @param rate factor of the step's learning rate
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

    /** The different groups, in the order of their first weights. */
    List<Group> distinct() {
        return groups.stream().distinct().toList();
    }

    /** The index in {@link #distinct()} of each weight's group. */
    long[] positions() {
        List<Group> distinct = distinct();
        return groups.stream().mapToLong(distinct::indexOf).toArray();
    }
}
