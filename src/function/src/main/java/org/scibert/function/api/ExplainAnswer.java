package org.scibert.function.api;

import java.util.List;
import org.scibert.explain.Explanation;
import org.scibert.function.serving.Model;

/**
 * The answer to {@code POST /explain}.
 *
 * @param results one for each text, in order
 * @param model that was asked
 */
public record ExplainAnswer(List<Explanation> results, Model.Id model) {}
