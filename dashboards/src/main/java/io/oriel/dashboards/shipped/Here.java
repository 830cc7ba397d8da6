package io.oriel.dashboards.shipped;

/** Queries of the one machine that the reader has chosen. */
final class Here {
  /** Chooses the machine; braces are added where a query needs more labels. */
  private static final String HERE = "job=\"$job\",instance=\"$instance\"";

  static final String IDLE = "mode=~\"idle|iowait\"";

  // what lies on top of a disk or a line would count the same bytes twice
  static final String REAL_DISKS = "device!~\"dm-.*|md.*|loop.*|z?ram.*|sr.*\"";
  static final String REAL_LINES =
      "device!~\"lo|veth.*|docker.*|br-.*|virbr.*|cni.*|flannel.*|cali.*|ifb.*|tunl.*|tap.*\"";
  static final String REAL_SPACE = "fstype!~\"tmpfs|ramfs|fuse.*|nfs.*|cifs\"";

  private Here() {}

  static String here(String metric) {
    return metric + "{" + HERE + "}";
  }

  static String here(String metric, String more) {
    return metric + "{" + HERE + "," + more + "}";
  }

  static String rate(String series) {
    return "rate(" + series + "[$__rate_interval])";
  }
}
