package org.scibert.training.evaluation;

/**
 * What is worth knowing of a released model beside its {@link Metrics}. Each kind is a record whose components are keys
 * of JSON that no {@code Metrics} of the same kind has.
 */
public sealed interface Details permits BinaryDetails, MultiClassDetails, MultiLabelDetails {}
