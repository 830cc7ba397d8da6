package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** What the machine's clock says and where it gets the time from. */
final class Time implements Part {
  private static final Metric NOW = Metric.gauge("node_time_seconds", "Seconds since 1970.");
  private static final Metric OFFSET =
      Metric.gauge("node_time_zone_offset_seconds", "Seconds that local time is ahead of UTC.");
  private static final Metric AVAILABLE =
      Metric.gauge("node_time_clocksource_available_info", "1 for each clock that can be used.");
  private static final Metric CURRENT =
      Metric.gauge("node_time_clocksource_current_info", "1 for the clock that is used.");

  private final Clock clock;
  private final ZoneId zone = ZoneId.systemDefault();
  private final KernelFiles.KeptFile available;
  private final KernelFiles.KeptFile current;
  private final Known<Labels> sources =
      new Known<>(name -> Labels.of("device", "0", "clocksource", name));
  private int offsetBefore = Integer.MIN_VALUE;
  private Labels zoneLabels = Labels.EMPTY;

  Time(KernelFiles files, Roots roots, Clock clock) {
    this.clock = clock;
    String folder = roots.sys("devices/system/clocksource/clocksource0/");
    this.available = files.keep(folder + "/available_clocksource");
    this.current = files.keep(folder + "/current_clocksource");
  }

  @Override
  public String name() {
    return "time";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(NOW, OFFSET, AVAILABLE, CURRENT);
  }

  @Override
  public void read(Readings out) {
    Instant now = clock.instant();
    out.tell(NOW, now.getEpochSecond() + now.getNano() / 1e9);
    int offset = zone.getRules().getOffset(now).getTotalSeconds();
    if (offset != offsetBefore) { // summer time begins or ends: the zone's short name changes too
      offsetBefore = offset;
      zoneLabels = Labels.of("time_zone", shortName(now));
    }
    out.tell(OFFSET, zoneLabels, offset);
    tell(AVAILABLE, available.tryRead(), out);
    tell(CURRENT, current.tryRead(), out);
  }

  private String shortName(Instant now) {
    if (zone.getRules().isFixedOffset()) return zone.getDisplayName(TextStyle.SHORT, Locale.ROOT);
    boolean summer = zone.getRules().isDaylightSavings(now);
    return TimeZone.getTimeZone(zone).getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
  }

  private void tell(Metric metric, @Nullable Text text, Readings out) {
    if (text == null || !text.line()) return;
    while (text.word()) out.tell(metric, sources.of(text), 1);
  }
}
