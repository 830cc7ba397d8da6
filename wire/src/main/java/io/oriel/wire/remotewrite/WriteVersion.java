package io.oriel.wire.remotewrite;

/** The two messages of remote write, with what names them in a request's head. */
public enum WriteVersion {
  V1("prometheus.WriteRequest", "application/x-protobuf", "0.1.0"),
  V2(
      "io.prometheus.write.v2.Request",
      "application/x-protobuf;proto=io.prometheus.write.v2.Request",
      "2.0.0");

  private final String message;
  private final String contentType;
  private final String header;

  WriteVersion(String message, String contentType, String header) {
    this.message = message;
    this.contentType = contentType;
    this.header = header;
  }

  /** The name of the message, as {@code protobuf_message} has it in a configuration. */
  public String message() {
    return message;
  }

  public String contentType() {
    return contentType;
  }

  /** What {@code X-Prometheus-Remote-Write-Version} says. */
  public String header() {
    return header;
  }
}
