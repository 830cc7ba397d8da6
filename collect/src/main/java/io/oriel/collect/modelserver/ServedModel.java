package io.oriel.collect.modelserver;

/**
 * A model as its server tells of it; a text is empty and a number 0 where it does not tell.
 *
 * @param name what callers ask for
 * @param root what it was loaded from: an id at Hugging Face, or a path
 * @param parent the model that it is an adapter of
 * @param longestContext in tokens, that it takes here
 * @param madeFor the longest context that it was made for, in tokens
 * @param parameters how many
 * @param bytes of its file
 */
public record ServedModel(
    String name,
    String root,
    String parent,
    long longestContext,
    long madeFor,
    double parameters,
    double bytes,
    String revision,
    String dataType) {

  static ServedModel of(String name, String root, long longestContext) {
    return new ServedModel(name, root, "", longestContext, 0, 0, 0, "", "");
  }
}
