package io.oriel.collect.modelserver;

/**
 * A model as its server tells of it.
 *
 * @param name what callers ask for
 * @param root what it was loaded from: an id at Hugging Face, or a path; empty when not told
 * @param longestContext in tokens, 0 = not told
 */
public record ServedModel(String name, String root, long longestContext) {}
