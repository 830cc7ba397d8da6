package io.oriel.model.histogram;

/** A histogram contradicts itself; the message says how, in Prometheus' words. */
public final class InvalidHistogram extends Exception {
  private static final long serialVersionUID = 1;

  public InvalidHistogram(String message) {
    super(message, null, false, false); // it is said of data, not of a place in the code
  }
}
