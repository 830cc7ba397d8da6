package io.oriel.collect.langfuse;

/**
 * How the questions are put. Version 4 keeps everything as observations, answers 404 where the old
 * tables were read, and groups by no user; a trace is its root there.
 */
enum Dialect {
  V3("/api/public/metrics", "traces", "name", false),
  V4("/api/public/v2/metrics", "observations", "traceName", true);

  private final String metrics;
  private final String traceView;
  private final String traceName;
  private final boolean wantsRoots;

  Dialect(String metrics, String traceView, String traceName, boolean wantsRoots) {
    this.metrics = metrics;
    this.traceView = traceView;
    this.traceName = traceName;
    this.wantsRoots = wantsRoots;
  }

  /**
   * Of a version as Langfuse says it.
   *
   * @param version {@code 4.16.0}; what can't be read is taken for a newer one
   */
  static Dialect of(String version) {
    String major = version.replaceFirst("^v", "").replaceFirst("[.].*$", "");
    return major.matches("[0-3]") ? V3 : V4;
  }

  /** The path of the query of metrics. */
  String metrics() {
    return metrics;
  }

  /** A query over traces. */
  Query traces(Window window) {
    Query query = Query.over(traceView, window);
    return wantsRoots ? query.where("isRootObservation", "boolean", "=", true) : query;
  }

  /** The dimension that holds a trace's name in {@link #traces}. */
  String traceName() {
    return traceName;
  }
}
