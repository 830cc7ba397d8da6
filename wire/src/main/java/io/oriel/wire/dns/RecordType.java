package io.oriel.wire.dns;

/** The records of the DNS that name hosts. */
public enum RecordType {
  /** Of a service: hosts with their ports (RFC 2782). */
  SRV,
  /** Addresses of version 4. */
  A,
  /** Addresses of version 6. */
  AAAA
}
