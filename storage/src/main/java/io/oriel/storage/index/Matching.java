package io.oriel.storage.index;

import io.oriel.model.Matcher;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * From matchers to series. A matcher that an absent label fails names the series to keep; one that
 * an absent label passes names those to drop: so a series without the label needs no posting.
 *
 * <p>Where few series are left, their own values are tried instead of all values of the label.
 */
final class Matching {
  private static final int AT_ONCE = 512; // pairs looked at in one go of the source
  private static final int VALUES_PER_SERIES = 4; // trying a series costs about so many values

  private final PairSource source;
  private final String[] values = new String[AT_ONCE];

  Matching(PairSource source) {
    this.source = source;
  }

  RoaringBitmap of(List<Matcher> matchers) {
    RoaringBitmap found = null;
    for (Matcher matcher : cheapestFirst(matchers)) {
      if (matcher.matchesEmpty()) continue;
      found = keep(found, matcher);
      if (found.isEmpty()) return found;
    }
    if (found == null) found = source.all();
    for (Matcher matcher : matchers) {
      if (matcher.matchesEmpty()) drop(found, matcher);
      if (found.isEmpty()) return found;
    }
    return found;
  }

  private static List<Matcher> cheapestFirst(List<Matcher> matchers) {
    return matchers.stream().sorted((a, b) -> Integer.compare(cost(a), cost(b))).toList();
  }

  private static int cost(Matcher matcher) {
    if (matcher.negative()) return 4;
    Set<String> literals = matcher.literals();
    if (literals != null) return literals.size() == 1 ? 0 : 1;
    return matcher.prefix().isEmpty() ? 3 : 2;
  }

  private RoaringBitmap keep(@Nullable RoaringBitmap found, Matcher matcher) {
    int[] candidates = candidates(matcher, false);
    if (found != null && isFew(found, candidates.length)) {
      tryEach(found, matcher);
      return found;
    }
    RoaringBitmap matching = seriesOf(candidates, matcher, true);
    if (found != null) matching.and(found);
    return matching;
  }

  private void drop(RoaringBitmap found, Matcher matcher) {
    if (matcher.value().equals(".*") && !matcher.negative()) return;
    int[] candidates = candidates(matcher, true);
    if (isFew(found, candidates.length)) tryEach(found, matcher);
    else found.andNot(seriesOf(candidates, matcher, false));
  }

  private static boolean isFew(RoaringBitmap found, int values) {
    return (long) found.getCardinality() * VALUES_PER_SERIES < values;
  }

  /**
   * The pairs that could be among those to find; what is left out needs no trying.
   *
   * @param failing whether the values that fail the matcher are looked for
   */
  private int[] candidates(Matcher matcher, boolean failing) {
    Set<String> literals = matcher.literals();
    boolean insideExpression = matcher.negative() == failing;
    if (!insideExpression) return source.pairs(matcher.name(), "");
    if (literals == null) return source.pairs(matcher.name(), matcher.prefix());
    int[] pairs = new int[literals.size()];
    int n = 0;
    for (String literal : literals) {
      int pair = literal.isEmpty() ? -1 : source.pair(matcher.name(), literal);
      if (pair >= 0) pairs[n++] = pair;
    }
    return Arrays.copyOf(pairs, n);
  }

  private RoaringBitmap seriesOf(int[] candidates, Matcher matcher, boolean matching) {
    var series = new RoaringBitmap();
    int[] chosen = chosen(candidates, matcher, matching);
    for (int at = 0; at < chosen.length; at += AT_ONCE) {
      source.addSeries(chosen, at, Math.min(AT_ONCE, chosen.length - at), series);
    }
    return series;
  }

  private int[] chosen(int[] candidates, Matcher matcher, boolean matching) {
    Verdicts verdicts = matcher.literals() == null ? source.verdicts() : null;
    if (verdicts == null) return tried(candidates, matcher, matching);
    int[] passed = verdicts.matching(matcher, candidates, fresh -> tried(fresh, matcher, true));
    return matching ? passed : without(passed, candidates);
  }

  private int[] tried(int[] candidates, Matcher matcher, boolean matching) {
    int[] chosen = new int[candidates.length];
    int n = 0;
    for (int at = 0; at < candidates.length; at += AT_ONCE) {
      int count = Math.min(AT_ONCE, candidates.length - at);
      source.values(candidates, at, count, values);
      for (int i = 0; i < count; i++) {
        if (matcher.matches(values[i]) == matching) chosen[n++] = candidates[at + i];
      }
    }
    return Arrays.copyOf(chosen, n);
  }

  /** Both in the order of their numbers. */
  private static int[] without(int[] some, int[] all) {
    int[] left = new int[all.length];
    int n = 0;
    int next = 0;
    for (int each : all) {
      while (next < some.length && some[next] < each) next++;
      if (next == some.length || some[next] != each) left[n++] = each;
    }
    return Arrays.copyOf(left, n);
  }

  /** Removes the series that fail; a value is tried once, however many series have it. */
  private void tryEach(RoaringBitmap found, Matcher matcher) {
    var passed = new RoaringBitmap();
    var failed = new RoaringBitmap();
    var gone = new RoaringBitmap();
    int[] one = new int[1];
    for (int series : found) {
      int pair = source.pairOf(series, matcher.name());
      if (pair < 0) {
        if (!matcher.matchesEmpty()) gone.add(series);
        continue;
      }
      if (!passed.contains(pair) && !failed.contains(pair)) {
        one[0] = pair;
        source.values(one, 0, 1, values);
        (matcher.matches(values[0]) ? passed : failed).add(pair);
      }
      if (failed.contains(pair)) gone.add(series);
    }
    found.andNot(gone);
  }

  /** The values of a label among some series, sorted. */
  List<String> labelValues(String name, RoaringBitmap series) {
    int[] all = source.pairs(name, "");
    if (!isFew(series, all.length)) {
      return texts(Arrays.stream(all).filter(pair -> source.touches(pair, series)).toArray());
    }
    var pairs = new RoaringBitmap();
    for (int id : series) {
      int pair = source.pairOf(id, name);
      if (pair >= 0) pairs.add(pair);
    }
    return texts(pairs.toArray());
  }

  /** The values of some pairs, sorted, each once. */
  List<String> texts(int[] pairs) {
    var texts = new TreeSet<String>();
    for (int at = 0; at < pairs.length; at += AT_ONCE) {
      int count = Math.min(AT_ONCE, pairs.length - at);
      source.values(pairs, at, count, values);
      texts.addAll(Arrays.asList(values).subList(0, count));
    }
    return List.copyOf(texts);
  }
}
