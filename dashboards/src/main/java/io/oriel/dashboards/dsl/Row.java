package io.oriel.dashboards.dsl;

import java.util.List;

/**
 * Panels side by side, of one height.
 *
 * @param height in Grafana's units of 30 pixels
 */
public record Row(int height, List<Panel> panels) {
  static final int COLUMNS = 24;

  public Row {
    panels = List.copyOf(panels);
    int width = panels.stream().mapToInt(Panel::width).sum();
    if (width > COLUMNS) {
      throw new IllegalArgumentException("a row has 24 columns, these panels take " + width);
    }
  }

  public static Row of(int height, Panel... panels) {
    return new Row(height, List.of(panels));
  }
}
