package io.oriel.collect.discover;

import io.oriel.wire.dns.RecordType;
import java.nio.file.Path;

/** A list that others keep, of the systems of one entry of the configuration. */
public sealed interface SystemList {
  SystemEntry entry();

  /** What kind of list it is, for a label. */
  String by();

  /** Which one it is, for a label and for people. */
  String name();

  /**
   * Files in the form of Prometheus' {@code file_sd_configs}.
   *
   * @param pattern with stars in its last part, if any
   */
  record InFiles(SystemEntry entry, Path pattern) implements SystemList {
    @Override
    public String by() {
      return "files";
    }

    @Override
    public String name() {
      return pattern.toString();
    }
  }

  /**
   * The records of a name in the DNS.
   *
   * @param port of each address; records of services have their own
   */
  record InDns(SystemEntry entry, String domain, RecordType type, int port) implements SystemList {
    @Override
    public String by() {
      return "dns";
    }

    @Override
    public String name() {
      return type + " " + domain;
    }
  }
}
