package io.oriel.collect.dbus;

/** The bus can't be reached, does not answer in time, or says what is not D-Bus. */
public final class BusException extends Exception {
  private static final long serialVersionUID = 1;

  BusException(String reason) {
    super(reason, null, false, false);
  }

  /** Why, in one sentence. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
