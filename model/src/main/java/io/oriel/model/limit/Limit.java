package io.oriel.model.limit;

/**
 * Every limit there is: its key under {@code limits:} in the configuration, its default, and what
 * it bounds. Messages, the configuration's checks and its documentation are made from these rows.
 */
public enum Limit {
  QUERY_LENGTH("query_length", 1 << 20, "characters in one query"),
  QUERY_PARTS("query_parts", 10_000, "words and signs in one query"),
  QUERY_REGEX_PARTS(
      "query_regex_parts", 250_000, "characters and repetitions in the regexes of one query"),
  QUERY_DEPTH("query_depth", 200, "levels of nesting in one query"),
  QUERY_STEPS("query_steps", 11_000, "steps of a range query"),
  QUERY_SERIES("query_series", 500_000, "series that one selector may match"),
  QUERY_SAMPLES("query_samples", 50_000_000, "samples that one query may hold at a time"),
  QUERY_SECONDS("query_seconds", 120, "seconds that one query may take"),
  QUERIES_AT_ONCE("queries_at_once", 20, "queries that compute at the same time"),
  QUERIES_WAITING("queries_waiting", 200, "queries that wait for their turn"),
  READS_AT_ONCE("reads_at_once", 4, "remote reads and federations that are answered at a time"),
  READ_SAMPLES("read_samples", 1_000_000, "samples of a remote read that is not streamed"),

  LABEL_NAME_BYTES("label_name_bytes", 1024, "bytes of a label name"),
  LABEL_VALUE_BYTES("label_value_bytes", 16 << 10, "bytes of a label value"),
  LABELS_PER_SERIES("labels_per_series", 128, "labels of one series"),
  /** Where nothing is configured, less on a small heap: half of it, by 1 KiB a series. */
  SERIES("series", 5_000_000, "series in the head of the metrics store"),
  EXEMPLARS("exemplars", 100_000, "exemplars that the metrics store keeps, the newest"),
  /** Where nothing is configured, less on a small heap: an eighth of it, by 20 bytes a sample. */
  OUT_OF_ORDER_SAMPLES(
      "out_of_order_samples",
      4_000_000,
      "out-of-order samples that wait in memory for a block, histograms by their size"),
  /** Where nothing is configured, at most a quarter of the heap. */
  SERIES_LABEL_BYTES(
      "series_label_bytes", 4L << 30, "bytes of different label names and values in the head"),
  JOB_SERIES_WARN("job_series_warn", 10_000, "series of one job before the log warns of it"),
  JOB_SERIES("job_series", 100_000, "series of one job; beyond, new ones are refused"),
  SAMPLE_AHEAD_SECONDS("sample_ahead_seconds", 600, "seconds that a sample may lie in the future"),

  /** Where nothing is configured, at most an eighth of the heap. */
  SCRAPE_BODY_BYTES("scrape_body_bytes", 64 << 20, "bytes of one scraped page, unpacked"),
  /** Where nothing is configured, at most one for each KiB of half of the heap. */
  SCRAPE_SAMPLES("scrape_samples", 1_000_000, "samples and exemplars of one scraped page"),
  SCRAPE_LINE_BYTES("scrape_line_bytes", 1 << 20, "bytes of one line of a scraped page"),
  REQUEST_BODY_BYTES("request_body_bytes", 32 << 20, "bytes of one request to the API, unpacked"),
  /** Where nothing is configured, at most an eighth of the heap. */
  WRITE_BODY_BYTES("write_body_bytes", 32 << 20, "bytes of one pushed request, unpacked"),
  WRITE_SERIES("write_series", 200_000, "series of one pushed request"),
  WRITE_SAMPLES(
      "write_samples", 1_000_000, "samples of one pushed request, histograms by their size"),
  WRITE_SYMBOLS("write_symbols", 1_000_000, "texts in the table of one pushed request"),
  HISTOGRAM_BUCKETS("histogram_buckets", 10_000, "buckets of one pushed native histogram"),
  OTLP_DELTA_SERIES(
      "otlp_delta_series", 100_000, "series that OTLP sends as differences, to be summed up"),
  REQUEST_BODIES_BYTES(
      "request_bodies_bytes", 256 << 20, "bytes of requests' bodies that are read or worked on"),
  HEADER_SECONDS("header_seconds", 20, "seconds in which a request's head must have come"),
  REQUEST_SECONDS("request_seconds", 30, "seconds in which a request's body must have come"),
  ANSWERS_BYTES("answers_bytes", 256 << 20, "bytes of answers that wait for their readers"),
  ANSWER_STALL_SECONDS(
      "answer_stall_seconds", 20, "seconds in which the reader of an answer may take nothing"),
  ANSWER_SECONDS("answer_seconds", 300, "seconds that the reader of an answer may take for all"),
  CONNECTIONS("connections", 10_000, "connections to one listener"),
  CONFIG_BYTES("config_bytes", 16 << 20, "bytes of one configuration file"),
  CONFIG_DEPTH("config_depth", 64, "levels of nesting in a configuration file"),
  CONFIG_VALUES("config_values", 2_000_000, "values in a configuration file, aliases followed"),
  BOARDS("boards", 1000, "dashboards in the folders of dashboards"),
  BOARD_BYTES("board_bytes", 4 << 20, "bytes of one dashboard's file"),
  BOARD_DEPTH("board_depth", 200, "levels of nesting in one dashboard's file"),
  BOARD_FOLDER_DEPTH("board_folder_depth", 8, "levels of folders below a folder of dashboards"),
  BOARD_FOLDER_ENTRIES(
      "board_folder_entries", 20_000, "files of any kind below the folders of dashboards");

  private final String key;
  private final long normal;
  private final String bounds;

  Limit(String key, long normal, String bounds) {
    this.key = key;
    this.normal = normal;
    this.bounds = bounds;
  }

  /** The name in the configuration, below {@code limits:}. */
  public String key() {
    return key;
  }

  /** The value where nothing is configured. */
  public long normal() {
    return normal;
  }

  /** What is counted, to follow a number: "samples that one query may hold at a time". */
  public String bounds() {
    return bounds;
  }
}
