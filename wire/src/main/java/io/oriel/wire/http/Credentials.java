package io.oriel.wire.http;

/** How a request proves who asks: a closed family. */
public sealed interface Credentials {
  /** No proof. */
  record None() implements Credentials {}

  /** {@code basic_auth}. */
  record Basic(Secret user, Secret password) implements Credentials {}

  /** {@code authorization}; the type is {@code Bearer} mostly. */
  record Token(String type, Secret token) implements Credentials {}
}
