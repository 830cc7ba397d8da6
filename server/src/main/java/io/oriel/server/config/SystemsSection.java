package io.oriel.server.config;

import io.oriel.collect.discover.FoundSystem;
import io.oriel.collect.discover.SystemEntry;
import io.oriel.collect.discover.SystemKind;
import io.oriel.collect.discover.SystemList;
import io.oriel.collect.discover.SystemOptions;
import io.oriel.collect.discover.WantedSystems;
import io.oriel.collect.litellm.LitellmOptions;
import io.oriel.collect.peer.Address;
import io.oriel.wire.dns.RecordType;
import io.oriel.wire.http.HttpSection;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.targets.Globs;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code collectors.systems}. An entry says where by one of three: a URL, files that list
 * addresses, names of the DNS.
 */
final class SystemsSection {
  private static final int MOST_NAMED = 500;
  private static final int HIGHEST_PORT = 65_535;
  private static final List<String> WHERE = List.of("url", "files", "dns");
  private static final Pattern DNS_NAME =
      Pattern.compile("(?=.{1,254}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");

  private enum Scheme {
    HTTP,
    HTTPS
  }

  private final Flags flags;
  private final Problems problems;
  private final List<FoundSystem> named = new ArrayList<>();
  private final List<SystemList> lists = new ArrayList<>();

  SystemsSection(Flags flags, Problems problems) {
    this.flags = flags;
    this.problems = problems;
  }

  WantedSystems read(YamlMap collectors) {
    for (YamlMap each : collectors.maps(Setting.COLLECTORS_SYSTEMS.key())) {
      entry(each);
      each.refuseUnknownKeys(problems);
    }
    return new WantedSystems(named, lists);
  }

  private void entry(YamlMap yaml) {
    String word = yaml.required("kind");
    Optional<SystemKind> kind = SystemKind.of(word);
    if (kind.isEmpty() && !word.isEmpty()) {
      problems.add(
          yaml.at("kind"),
          "there is no kind of system called %s".formatted(yaml.shown("kind")),
          "write one of " + SystemKind.words());
    }
    HttpSettings http = new HttpSection(yaml, flags.besideConfig(Path.of(""))).read();
    SystemOptions options = kind.map(of -> options(yaml, of)).orElse(SystemOptions.NORMAL);
    List<String> where = WHERE.stream().filter(yaml::has).toList();
    if (where.size() > 1) {
      problems.add(
          yaml.at(where.get(1)),
          "%s says where by %s".formatted(yaml.name(where.get(1)), String.join(" and ", where)),
          "write an entry for each");
    }
    if (!yaml.has("files") && !yaml.has("dns")) {
      Optional<URI> url = url(yaml);
      if (kind.isEmpty() || url.isEmpty()) return;
      var address = new Address(url.get(), http, "oriel.yaml, collectors.systems");
      named.add(new FoundSystem(kind.get(), address, options));
      return;
    }
    var scheme = yaml.oneOf("scheme", Scheme.class).orElse(Scheme.HTTP);
    SystemKind of = kind.orElse(SystemKind.VLLM); // the rest is checked whatever it is
    var entry = new SystemEntry(of, scheme.name().toLowerCase(Locale.ROOT), http, options);
    files(yaml, entry);
    yaml.map("dns").ifPresent(dns -> dns(dns, entry));
  }

  /** The keys that only some kinds know; on another kind they are refused as unknown. */
  private static SystemOptions options(YamlMap yaml, SystemKind kind) {
    if (kind != SystemKind.LITELLM) return SystemOptions.NORMAL;
    boolean paid = yaml.bool("paid_health_checks").orElse(false);
    long top = yaml.integer("top", 1, MOST_NAMED).orElse((long) LitellmOptions.NORMAL.top());
    return new SystemOptions(new LitellmOptions(paid, (int) top));
  }

  private Optional<URI> url(YamlMap yaml) {
    String text = yaml.text("url").orElse("");
    if (text.isEmpty()) {
      problems.add(
          yaml.at("url"),
          "%s is missing, and neither files nor dns say where".formatted(yaml.name("url")),
          "add one of them, for example 'url: http://HOST:PORT'");
      return Optional.empty();
    }
    try {
      var url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null;
      if (web && plain && url.getHost() != null) return Optional.of(url);
    } catch (URISyntaxException e) {
      // told below, in one way
    }
    problems.add(
        yaml.at("url"),
        "it is no address of a system",
        "write http://HOST:PORT, or https; a user belongs into basic_auth");
    return Optional.empty();
  }

  private void files(YamlMap yaml, SystemEntry entry) {
    List<String> patterns = yaml.texts("files");
    if (yaml.has("files") && patterns.isEmpty()) missing(yaml, "files", "[/etc/oriel/*.yaml]");
    for (int i = 0; i < patterns.size(); i++) {
      String pattern = patterns.get(i);
      if (Globs.isOfTargets(pattern)) {
        Path file = flags.besideConfig(Path.of(pattern)).toAbsolutePath();
        lists.add(new SystemList.InFiles(entry, file));
      } else {
        problems.add(
            yaml.at("files", i),
            "%s is '%s'".formatted(yaml.name("files"), pattern),
            "write a path that ends in .json, .yml or .yaml, with stars in its last part");
      }
    }
  }

  private void dns(YamlMap yaml, SystemEntry entry) {
    List<String> names = yaml.texts("names");
    if (names.isEmpty()) missing(yaml, "names", "[_vllm._tcp.example.org]");
    RecordType type = yaml.oneOf("type", RecordType.class).orElse(RecordType.SRV);
    Optional<Long> port = yaml.integer("port", 1, HIGHEST_PORT);
    if (port.isPresent() && type == RecordType.SRV) {
      problems.add(
          yaml.at("port"),
          "%s is there, and records of type SRV name ports themselves".formatted(yaml.name("port")),
          "remove it, or write type: A");
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!DNS_NAME.matcher(name).matches()) {
        problems.add(
            yaml.at("names", i),
            "%s is '%s', which is no name of the DNS".formatted(yaml.name("names"), name),
            "write it like _vllm._tcp.example.org, or gpus.example.org with type: A");
      } else {
        int number = port.map(Long::intValue).orElse(entry.kind().port());
        lists.add(new SystemList.InDns(entry, name, type, number));
      }
    }
    yaml.refuseUnknownKeys(problems);
  }

  private void missing(YamlMap yaml, String key, String example) {
    problems.add(
        yaml.at(key), yaml.name(key) + " names none", "write %s: %s".formatted(key, example));
  }
}
