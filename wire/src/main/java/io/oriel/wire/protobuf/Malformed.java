package io.oriel.wire.protobuf;

/** Bytes that are not the message that they should be; says what is wrong, and where. */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1;

  public Malformed(String what) {
    super(what, null, false, false); // an answer, not a defect: no stack is needed
  }
}
