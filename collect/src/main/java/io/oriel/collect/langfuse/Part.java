package io.oriel.collect.langfuse;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;

/** One question, and the figures that its last answer gave. */
interface Part {
  /** In words, for messages. */
  String name();

  /** How often it is asked at most, in milliseconds. */
  default long eachMs() {
    return 0;
  }

  /** Asks; what was kept before stays when that fails. */
  void ask(Api api, long nowMs) throws CollectorFailure, InterruptedException;

  /** Tells what is kept. */
  void tell(Readings out);
}
