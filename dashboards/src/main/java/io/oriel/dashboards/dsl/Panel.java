package io.oriel.dashboards.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A panel: what it asks and how the answer looks.
 *
 * @param width in columns of 24
 * @param settings by their path in Grafana's panel: {@code fieldConfig.defaults.unit}
 */
public record Panel(
    Kind kind,
    String title,
    String description,
    int width,
    List<Query> queries,
    Thresholds thresholds,
    List<Mapping> mappings,
    List<FieldOverride> overrides,
    Map<String, Object> settings) {

  /** The kinds of panel by their name in Grafana. */
  public enum Kind {
    TIMESERIES("timeseries"),
    STAT("stat"),
    GAUGE("gauge"),
    BARGAUGE("bargauge"),
    HEATMAP("heatmap"),
    TABLE("table"),
    TEXT("text");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }
  }

  /** Curves over time. */
  public static Panel timeseries(String title) {
    return of(Kind.TIMESERIES, title)
        .draw("lineWidth", 1)
        .draw("fillOpacity", 10)
        .draw("showPoints", "never")
        .draw("spanNulls", false)
        .option("legend", Json.of("displayMode", "list", "placement", "bottom", "showLegend", true))
        .option("tooltip", Json.of("mode", "multi", "sort", "desc"));
  }

  /** One number now, with the curve that led to it. */
  public static Panel stat(String title) {
    return of(Kind.STAT, title)
        .option("graphMode", "area")
        .option("colorMode", "value")
        .option("textMode", "value")
        .option("justifyMode", "auto")
        .option("orientation", "auto")
        .lastValue();
  }

  /** One number on a dial. */
  public static Panel gauge(String title) {
    return of(Kind.GAUGE, title)
        .option("orientation", "auto")
        .option("showThresholdLabels", false)
        .option("showThresholdMarkers", true)
        .lastValue();
  }

  /** A bar for each series. */
  public static Panel bars(String title) {
    return of(Kind.BARGAUGE, title)
        .option("displayMode", "basic")
        .option("orientation", "horizontal")
        .option("valueMode", "text")
        .option("namePlacement", "left")
        .option("showUnfilled", true)
        .lastValue();
  }

  /** A line of coloured cells for each series. */
  public static Panel heatmap(String title) {
    return of(Kind.HEATMAP, title)
        .option("calculate", false)
        .option("cellGap", 1)
        .option(
            "color", Json.of("mode", "scheme", "scheme", "YlGnBu", "reverse", true, "steps", 64))
        .option("legend", Json.of("show", true))
        .option("rowsFrame", Json.of("layout", "auto"))
        .option("showValue", "never")
        .option("tooltip", Json.of("mode", "single", "yHistogram", false))
        .option("yAxis", Json.of("axisPlacement", "left", "reverse", true));
  }

  public static Panel table(String title) {
    return of(Kind.TABLE, title).option("showHeader", true).option("cellHeight", "sm");
  }

  /** Words in Markdown. */
  public static Panel text(String title, String markdown) {
    return of(Kind.TEXT, title).option("mode", "markdown").option("content", markdown);
  }

  private static Panel of(Kind kind, String title) {
    return new Panel(
        kind, title, "", 8, List.of(), Thresholds.NONE, List.of(), List.of(), Map.of());
  }

  /** The last value of each series. */
  private Panel lastValue() {
    return option("reduceOptions.calcs", List.of("lastNotNull"))
        .option("reduceOptions.fields", "")
        .option("reduceOptions.values", false);
  }

  /** What it shows, how to read it, what is normal. */
  public Panel says(String words) {
    return new Panel(kind, title, words, width, queries, thresholds, mappings, overrides, settings);
  }

  public Panel wide(int columns) {
    return new Panel(
        kind, title, description, columns, queries, thresholds, mappings, overrides, settings);
  }

  public Panel asks(Query... all) {
    return new Panel(
        kind, title, description, width, List.of(all), thresholds, mappings, overrides, settings);
  }

  public Panel thresholds(Thresholds where) {
    return new Panel(
        kind, title, description, width, queries, where, mappings, overrides, settings);
  }

  public Panel map(Mapping... words) {
    return new Panel(
        kind, title, description, width, queries, thresholds, List.of(words), overrides, settings);
  }

  public Panel override(FieldOverride... some) {
    return new Panel(
        kind, title, description, width, queries, thresholds, mappings, List.of(some), settings);
  }

  public Panel unit(Unit of) {
    return set("fieldConfig.defaults.unit", of.id());
  }

  public Panel decimals(int digits) {
    return set("fieldConfig.defaults.decimals", digits);
  }

  /** Where the axis begins. */
  public Panel from(double least) {
    return set("fieldConfig.defaults.min", least);
  }

  /** Where the axis ends. */
  public Panel to(double most) {
    return set("fieldConfig.defaults.max", most);
  }

  /** What stands there without data: why, not a number. */
  public Panel without(String words) {
    return set("fieldConfig.defaults.noValue", words);
  }

  /** A setting of the chart's drawing, by Grafana's name. */
  public Panel draw(String name, Object value) {
    return set("fieldConfig.defaults.custom." + name, value);
  }

  /** A setting of the kind of panel, by Grafana's name. */
  public Panel option(String name, Object value) {
    return set("options." + name, value);
  }

  /** Turns the answers into other tables, in the order given, by Grafana's names. */
  public Panel transform(String id, Object... options) {
    var all = new ArrayList<Object>();
    if (settings.get("transformations") instanceof List<?> before) all.addAll(before);
    all.add(Json.of("id", id, "options", Json.of(options)));
    return set("transformations", all);
  }

  /** Series on top of each other. */
  public Panel stacked() {
    return draw("stacking", Json.of("mode", "normal", "group", "A")).draw("fillOpacity", 35);
  }

  /** The unit or meaning, beside the title, on Oriel's pages. */
  public Panel subtitle(String words) {
    return option("oriel.subtitle", words);
  }

  /**
   * A line under the value, on Oriel's pages; {@code {B}} in it is the value now of the second
   * query. Other viewers show the first query alone.
   */
  public Panel context(String words) {
    String shown = queries.size() < 2 ? "" : "/^" + queries.getFirst().legend() + "$/";
    return option("reduceOptions.fields", shown).option("oriel.context", words);
  }

  /** What stands at the threshold's line, on Oriel's pages. */
  public Panel limit(String words) {
    return option("oriel.limit", words);
  }

  private Panel set(String path, Object value) {
    var more = new LinkedHashMap<>(settings);
    more.put(path, value);
    return new Panel(
        kind, title, description, width, queries, thresholds, mappings, overrides, more);
  }
}
