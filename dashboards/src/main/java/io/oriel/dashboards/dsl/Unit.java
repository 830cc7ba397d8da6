package io.oriel.dashboards.dsl;

/** Units by their name in Grafana. */
public enum Unit {
  NONE("none"),
  SHORT("short"),
  /** 0 to 1, shown as 0 to 100 %. */
  SHARE("percentunit"),
  BYTES("bytes"),
  BYTES_PER_SECOND("binBps"),
  /** Decimal, as disks are sold. */
  DECIMAL_BYTES_PER_SECOND("Bps"),
  BITS_PER_SECOND("bps"),
  OPERATIONS_PER_SECOND("iops"),
  PER_SECOND("ops"),
  SECONDS("s"),
  /** Time since a moment: days, hours. */
  LONG_SECONDS("dtdurations"),
  CELSIUS("celsius"),
  WATTS("watt");

  private final String id;

  Unit(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }
}
