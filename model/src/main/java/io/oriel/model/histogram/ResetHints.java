package io.oriel.model.histogram;

/** What several histograms say of counter resets, joined to what their sum can say. */
final class ResetHints {
  private boolean any;
  private boolean gauge;
  private boolean unknown;
  private boolean reset;
  private boolean notReset;

  void clear() {
    any = false;
    gauge = false;
    unknown = false;
    reset = false;
    notReset = false;
  }

  void add(CounterReset hint) {
    any = true;
    switch (hint) {
      case UNKNOWN -> unknown = true;
      case RESET -> reset = true;
      case NOT_RESET -> notReset = true;
      case GAUGE -> gauge = true;
    }
  }

  boolean collide() {
    return reset && notReset;
  }

  /** A gauge makes all a gauge; else they must agree. */
  CounterReset joined() {
    if (gauge) return CounterReset.GAUGE;
    if (!any || unknown || collide()) return CounterReset.UNKNOWN;
    return reset ? CounterReset.RESET : CounterReset.NOT_RESET;
  }
}
