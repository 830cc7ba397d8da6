package io.oriel.wire.remotewrite;

/** A body that is no remote write request; the message says what is wrong, and where. */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1;

  Malformed(String what) {
    super(what, null, false, false); // an answer, not a defect: no stack is needed
  }
}
