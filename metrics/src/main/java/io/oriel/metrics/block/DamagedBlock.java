package io.oriel.metrics.block;

/** A block's bytes are not what was written; the message says where. */
final class DamagedBlock extends RuntimeException {
  private static final long serialVersionUID = 1;

  DamagedBlock(String where) {
    super(where, null, false, false);
  }
}
