package io.oriel.receive.remotewrite;

/** The versions of remote write, by the message that a request is. */
public enum WriteVersion {
  ONE("prometheus.WriteRequest"),
  TWO("io.prometheus.write.v2.Request");

  private final String message;

  WriteVersion(String message) {
    this.message = message;
  }

  /** The full name of the message, as content types have it. */
  public String message() {
    return message;
  }
}
