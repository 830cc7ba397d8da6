package io.oriel.simulate.http;

/** Answers questions; any thread may ask. */
@FunctionalInterface
public interface Answering {
  Answer answer(Question question);
}
