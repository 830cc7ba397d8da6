package io.oriel.wire.http;

import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a section (a scrape job, a remote write) that say how a request is made. */
public final class HttpSection {
  /** The versions of {@code tls_config}, with Java's names beside them in order. */
  private enum TlsVersion {
    TLS10("TLSv1"),
    TLS11("TLSv1.1"),
    TLS12("TLSv1.2"),
    TLS13("TLSv1.3");

    private final String java;

    TlsVersion(String java) {
      this.java = java;
    }
  }

  private final YamlMap yaml;
  private final Path folder;

  public HttpSection(YamlMap yaml, Path folder) {
    this.yaml = yaml;
    this.folder = folder;
  }

  public HttpSettings read() {
    return new HttpSettings(
        credentials(),
        yaml.map("tls_config").map(this::tls).orElse(TlsSettings.NORMAL),
        headers(),
        yaml.bool("follow_redirects").orElse(true),
        yaml.bool("enable_compression").orElse(true));
  }

  private Credentials credentials() {
    Secret bearer = secret(yaml, "bearer_token");
    var found = new ArrayList<Credentials>();
    yaml.map("basic_auth").ifPresent(section -> found.add(basic(section)));
    yaml.map("authorization").ifPresent(section -> found.add(token(section)));
    if (!bearer.equals(Secret.NONE)) found.add(new Credentials.Token("Bearer", bearer));
    if (found.size() > 1) {
      yaml.problems()
          .add(
              yaml.at(),
              "there is more than one of basic_auth, authorization and bearer_token",
              "keep one of them");
    }
    return found.isEmpty() ? new Credentials.None() : found.getFirst();
  }

  private Credentials basic(YamlMap section) {
    var basic = new Credentials.Basic(secret(section, "username"), secret(section, "password"));
    section.refuseUnknownKeys(yaml.problems());
    return basic;
  }

  private Credentials token(YamlMap section) {
    String type = section.text("type").orElse("Bearer").strip();
    if (type.equalsIgnoreCase("basic")) {
      yaml.problems()
          .add(section.at("type"), section.name("type") + " is Basic", "use basic_auth for that");
    }
    var token = new Credentials.Token(type, secret(section, "credentials"));
    section.refuseUnknownKeys(yaml.problems());
    return token;
  }

  private TlsSettings tls(YamlMap section) {
    var tls =
        new TlsSettings(
            secret(section, "ca"),
            secret(section, "cert"),
            secret(section, "key"),
            section.text("server_name").orElse(""),
            section.bool("insecure_skip_verify").orElse(false),
            section.oneOf("min_version", TlsVersion.class).orElse(TlsVersion.TLS12).java,
            section.oneOf("max_version", TlsVersion.class).map(version -> version.java).orElse(""));
    boolean half = tls.cert().equals(Secret.NONE) != tls.key().equals(Secret.NONE);
    if (half) {
      yaml.problems()
          .add(section.at(), section.name("cert and key") + " are not both there", "give both");
    }
    section.refuseUnknownKeys(yaml.problems());
    return tls;
  }

  private Map<String, List<Secret>> headers() {
    var headers = new LinkedHashMap<String, List<Secret>>();
    YamlMap section = yaml.section("http_headers");
    for (String name : section.keys()) {
      YamlMap header = section.section(name);
      var values = new ArrayList<Secret>();
      header.texts("values").forEach(value -> values.add(new Secret(value, null)));
      header.texts("secrets").forEach(value -> values.add(new Secret(value, null)));
      header.texts("files").forEach(file -> values.add(new Secret("", folder.resolve(file))));
      header.refuseUnknownKeys(yaml.problems());
      headers.put(name, List.copyOf(values));
    }
    return headers;
  }

  /** A value written out, or the file named by the same key with {@code _file} behind it. */
  private Secret secret(YamlMap section, String key) {
    @Nullable String value = section.text(key).orElse(null);
    @Nullable String file = section.text(key + "_file").orElse(null);
    if (value != null && file != null) {
      yaml.problems()
          .add(
              section.at(key),
              "%s and %s_file are both there".formatted(section.name(key), key),
              "keep one of them");
    }
    if (file != null) return new Secret("", folder.resolve(file));
    return value == null ? Secret.NONE : new Secret(value, null);
  }
}
