package io.oriel.collect.node;

/** A part of the machine can't be read: because it is not there, or because it is not allowed. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1;
  private final String reason;
  private final boolean nothingHere;

  private Unreadable(String reason, boolean nothingHere) {
    super(reason, null, false, false);
    this.reason = reason;
    this.nothingHere = nothingHere;
  }

  /** By what the kernel said of a file. */
  static Unreadable of(String path, int errno) {
    boolean absent = errno == Libc.ENOENT || errno == Libc.ENODEV || errno == Libc.EOPNOTSUPP;
    return new Unreadable(path + ": " + Libc.reason(errno), absent);
  }

  /** The machine has no such thing: no defect, and nothing to do about it. */
  static Unreadable nothingHere(String what) {
    return new Unreadable(what, true);
  }

  static Unreadable because(String reason) {
    return new Unreadable(reason, false);
  }

  String reason() {
    return reason;
  }

  /** Whether the machine simply does not have it; otherwise somebody may want to know. */
  boolean isNothingHere() {
    return nothingHere;
  }
}
