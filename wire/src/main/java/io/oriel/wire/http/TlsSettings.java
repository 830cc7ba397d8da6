package io.oriel.wire.http;

/**
 * {@code tls_config}. Certificates and keys are PEM, written out or in a file.
 *
 * @param ca who may sign the server's certificate; none = whom Java trusts
 * @param cert our own certificate, with {@code key}; none = we don't show one
 * @param serverName whom the server's certificate must name; empty = the host that is asked
 * @param minVersion Java's name of the oldest protocol: {@code TLSv1.2}
 * @param maxVersion of the newest; empty = any
 */
public record TlsSettings(
    Secret ca,
    Secret cert,
    Secret key,
    String serverName,
    boolean skipVerify,
    String minVersion,
    String maxVersion) {
  public static final TlsSettings NORMAL =
      new TlsSettings(Secret.NONE, Secret.NONE, Secret.NONE, "", false, "TLSv1.2", "");
}
