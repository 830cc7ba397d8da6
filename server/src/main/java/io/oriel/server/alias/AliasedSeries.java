package io.oriel.server.alias;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.backend.SelectedSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Series of the asked name, and beside them what stands under its other names at times for which
 * the asked name (or a nearer one) has nothing. Series that are the same but for the name are one.
 */
final class AliasedSeries implements SelectedSeries {
  /** A selection by another name, not empty. */
  record ByOtherName(Partner partner, SelectedSeries selected) {}

  /** What one selection adds to a series; {@code silent} is when others have the word. */
  private record Part(SelectedSeries from, int number, @Nullable Partner partner, Spans silent) {}

  private record Series(Labels labels, List<Part> parts) {}

  private final String asked;
  private final List<Matcher> matchers;
  private final SelectedSeries own;
  private final List<ByOtherName> others;
  private final Map<Labels, Series> byLabels = new LinkedHashMap<>();
  private final List<Series> series;
  private final Set<String> said = new ConcurrentSkipListSet<>();

  /**
   * Joins them.
   *
   * @param covered when the asked name has samples; the others are added to it one after the other
   */
  AliasedSeries(
      String asked,
      List<Matcher> matchers,
      SelectedSeries own,
      List<ByOtherName> others,
      Covered covered) {
    this.asked = asked;
    this.matchers = matchers;
    this.own = own;
    this.others = others;
    for (int i = 0; i < own.count(); i++) add(own.labels(i), new Part(own, i, null, new Spans()));
    for (int i = 0; i < others.size(); i++) {
      add(others.get(i), covered);
      if (i < others.size() - 1) covered.add(others.get(i).partner());
    }
    this.series = List.copyOf(byLabels.values());
  }

  private void add(ByOtherName other, Covered covered) {
    Covered.By silence = covered.by(other.partner());
    for (int i = 0; i < other.selected().count(); i++) {
      Labels labels = other.partner().labels(other.selected().labels(i), asked);
      if (labels == null || !matchers.stream().allMatch(each -> each.matches(labels))) continue;
      add(labels, new Part(other.selected(), i, other.partner(), silence.of(labels)));
    }
  }

  private void add(Labels labels, Part part) {
    byLabels.computeIfAbsent(labels, _ -> new Series(labels, new ArrayList<>(1))).parts().add(part);
  }

  @Override
  public int count() {
    return series.size();
  }

  @Override
  public Labels labels(int number) {
    return series.get(number).labels();
  }

  @Override
  public void read(int number, SampleColumns into) {
    List<Part> parts = series.get(number).parts();
    Part first = parts.getFirst();
    if (parts.size() == 1 && first.partner() == null) {
      first.from().read(first.number(), into);
      return;
    }
    SampleColumns joined = read(first);
    for (Part further : parts.subList(1, parts.size())) joined = joined(joined, read(further));
    into.addAll(joined, 0, joined.size);
  }

  private SampleColumns read(Part part) {
    var samples = new SampleColumns();
    part.from().read(part.number(), samples);
    Partner partner = part.partner();
    if (partner == null) return samples;
    partner.scale(samples);
    SampleColumns heard = heard(samples, part.silent(), partner.takesHistograms());
    if (heard.size > 0) said.add(words(partner));
    return heard;
  }

  private String words(Partner partner) {
    return "Oriel info: \""
        + asked
        + "\" has no samples for some or all of that time; \""
        + partner.name()
        + "\" was read in its place"
        + partner.words();
  }

  /** The samples outside the spans in which others have the word; where one begins, it ends. */
  private static SampleColumns heard(SampleColumns samples, Spans silent, boolean histograms) {
    if (silent.isEmpty() && (histograms || samples.histograms == null)) return samples;
    var heard = new SampleColumns();
    for (int i = 0; i < samples.size; i++) {
      if (!histograms && samples.histogram(i) != null) continue;
      int span = silent.at(samples.times[i]);
      if (span < 0) {
        heard.addAll(samples, i, i + 1);
      } else if (heard.size > 0 && !Spans.marker(heard, heard.size - 1)) {
        heard.add(silent.start(span), Stale.MARKER);
      }
    }
    return heard;
  }

  /** Both by time; of two at one time the first that is more than a marker. */
  private static SampleColumns joined(SampleColumns left, SampleColumns right) {
    var joined = new SampleColumns(left.size + right.size);
    int l = 0;
    int r = 0;
    while (l < left.size || r < right.size) {
      long leftTime = l < left.size ? left.times[l] : Long.MAX_VALUE;
      long rightTime = r < right.size ? right.times[r] : Long.MAX_VALUE;
      boolean takeLeft = leftTime < rightTime || (leftTime == rightTime && !Spans.marker(left, l));
      if (takeLeft) joined.addAll(left, l, l + 1);
      else joined.addAll(right, r, r + 1);
      if (leftTime <= rightTime) l++;
      if (rightTime <= leftTime) r++;
    }
    return joined;
  }

  @Override
  public List<String> warnings() {
    var all = new ArrayList<>(own.warnings());
    for (ByOtherName other : others) all.addAll(other.selected().warnings());
    return all;
  }

  @Override
  public List<String> infos() {
    var all = new ArrayList<>(own.infos());
    for (ByOtherName other : others) all.addAll(other.selected().infos());
    all.addAll(said);
    return all;
  }

  @Override
  public void close() {
    own.close();
    for (ByOtherName other : others) other.selected().close();
  }
}
