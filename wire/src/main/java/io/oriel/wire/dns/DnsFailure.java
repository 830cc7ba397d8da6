package io.oriel.wire.dns;

/** Why nobody could say whether a name has such records: what happened, and what to do about it. */
public final class DnsFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final String remedy;

  DnsFailure(String happened, String remedy) {
    super(happened, null, false, false); // about a server elsewhere, not about our code
    this.remedy = remedy;
  }

  public String happened() {
    return String.valueOf(getMessage());
  }

  public String remedy() {
    return remedy;
  }
}
