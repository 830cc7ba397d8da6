package io.oriel.server.alias;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which names stand for the same. Names may be reached over others: a metric that was renamed twice
 * is found under all three.
 */
public final class AliasTable {
  private static final int LONGEST_WAY = 3; // two renames and another spelling of the prefix

  private final Map<String, List<Alias>> byName = new HashMap<>(); // exact names, both ends
  private final List<Alias> prefixes = new ArrayList<>();

  private AliasTable(List<String> rows) {
    for (String row : rows) {
      if (row.isBlank() || row.startsWith("#")) continue;
      Alias alias = Alias.parse(row);
      switch (alias.shape()) {
        case ONE -> {
          add(alias.from(), alias);
          add(alias.to(), alias);
        }
        case FAMILY -> {
          for (String suffix : List.of("", "_bucket", "_sum", "_count")) {
            add(alias.from() + suffix, alias);
            add(alias.to() + suffix, alias);
          }
        }
        case PREFIX -> prefixes.add(alias);
      }
    }
  }

  private void add(String name, Alias alias) {
    byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(alias);
  }

  /** The table that Oriel comes with. */
  public static AliasTable shipped() {
    try (InputStream file = AliasTable.class.getResourceAsStream("aliases.txt")) {
      byte[] bytes = Objects.requireNonNull(file, "aliases.txt").readAllBytes();
      return of(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AliasTable of(List<String> rows) {
    return new AliasTable(rows);
  }

  /** The names under which a metric is looked for when it has no data, the nearest first. */
  public List<String> otherNames(String asked) {
    return partnersOf(asked).stream().map(Partner::name).toList();
  }

  /** The other names of a metric, the nearest first; none for most. */
  List<Partner> partnersOf(String asked) {
    List<Partner> nearest = direct(asked);
    if (nearest.isEmpty()) return nearest;
    var found = new LinkedHashMap<String, Partner>();
    List<Partner> reached = nearest;
    for (int way = 1; way <= LONGEST_WAY && !reached.isEmpty(); way++) {
      var next = new ArrayList<Partner>();
      for (Partner each : reached) {
        if (each.name().equals(asked) || found.putIfAbsent(each.name(), each) != null) continue;
        for (Partner further : direct(each.name())) next.add(further.then(each));
      }
      reached = next;
    }
    return List.copyOf(found.values());
  }

  private List<Partner> direct(String asked) {
    var partners = new ArrayList<Partner>();
    for (Alias row : byName.getOrDefault(asked, List.of())) {
      row.partnerOf(asked).ifPresent(partners::add);
    }
    for (Alias row : prefixes) row.partnerOf(asked).ifPresent(partners::add);
    return partners;
  }
}
