package io.oriel.storage.queue;

import java.nio.ByteBuffer;

/** Is told each record that leaves the queue without having been taken out. */
@FunctionalInterface
public interface Lost {
  /** Why it goes; the text is a label of a counter. */
  enum Why {
    FULL("queue_full"),
    OLD("too_old");

    private final String label;

    Why(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * One record.
   *
   * @param record lent for the call
   */
  void lost(ByteBuffer record, Why why);
}
