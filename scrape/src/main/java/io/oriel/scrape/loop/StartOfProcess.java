package io.oriel.scrape.loop;

import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** When the process began that made a page, looked for without reading the page. */
final class StartOfProcess {
  private static final byte[] NAME = Workers.START.getBytes(StandardCharsets.UTF_8);

  // fields of MetricFamily, Metric, and of gauge, counter and untyped value alike
  private static final int FAMILY_NAME = Fields.tag(1, Fields.BYTES);
  private static final int METRIC = Fields.tag(4, Fields.BYTES);
  private static final int GAUGE = Fields.tag(2, Fields.BYTES);
  private static final int COUNTER = Fields.tag(3, Fields.BYTES);
  private static final int UNTYPED = Fields.tag(5, Fields.BYTES);
  private static final int VALUE = Fields.tag(1, Fields.EIGHT_BYTES);

  private StartOfProcess() {}

  /** In seconds since 1970, of the first process that the page names; NaN where it names none. */
  static double in(ExpositionFormat format, byte[] bytes, int length) {
    if (format != ExpositionFormat.PROTOBUF) return inText(bytes, length);
    try {
      return inFamilies(bytes, length);
    } catch (Malformed _) {
      return Double.NaN; // the parser will say so
    }
  }

  private static double inFamilies(byte[] bytes, int length) throws Malformed {
    var in = new Fields("the page is no list of metric families").over(bytes, 0, length);
    while (in.at < length) {
      int end = in.lengthOf();
      in.over(bytes, in.at, end);
      if (in.tag() == FAMILY_NAME && isName(in, in.lengthOf())) return inFamily(in);
      in.over(bytes, end, length);
    }
    return Double.NaN;
  }

  private static boolean isName(Fields in, int end) {
    int from = in.at;
    in.at = end;
    return Arrays.equals(in.bytes, from, end, NAME, 0, NAME.length);
  }

  private static double inFamily(Fields in) throws Malformed {
    if (!enter(in, METRIC) || !enter(in, GAUGE, COUNTER, UNTYPED)) return Double.NaN;
    for (int tag; (tag = in.tag()) != 0; ) {
      if (tag == VALUE) return in.eightBytes();
      in.skip(tag);
    }
    return Double.NaN;
  }

  /** Goes into the first message that is one of these fields; false where there is none. */
  private static boolean enter(Fields in, int... fields) throws Malformed {
    for (int tag; (tag = in.tag()) != 0; ) {
      if (isOneOf(tag, fields)) {
        int end = in.lengthOf();
        in.over(in.bytes, in.at, end);
        return true;
      }
      in.skip(tag);
    }
    return false;
  }

  private static boolean isOneOf(int tag, int... fields) {
    for (int field : fields) if (tag == field) return true;
    return false;
  }

  private static double inText(byte[] bytes, int length) {
    int last = length - NAME.length - 1;
    for (int at = 0; at <= last; at = nextLine(bytes, at, length)) {
      if (!begins(bytes, at)) continue;
      int from = at + NAME.length;
      if (bytes[from] == '{') {
        while (from < length && bytes[from] != '}' && bytes[from] != '\n') from++;
        from++;
      }
      return number(bytes, from, length);
    }
    return Double.NaN;
  }

  private static int nextLine(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] != '\n') at++;
    return at + 1;
  }

  private static boolean begins(byte[] bytes, int at) {
    for (int i = 0; i < NAME.length; i++) {
      if (bytes[at + i] != NAME[i]) return false;
    }
    byte next = bytes[at + NAME.length];
    return next == ' ' || next == '\t' || next == '{';
  }

  private static double number(byte[] bytes, int from, int length) {
    int start = from;
    while (start < length && (bytes[start] == ' ' || bytes[start] == '\t')) start++;
    int end = start;
    while (end < length && bytes[end] > ' ') end++;
    try {
      return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    } catch (NumberFormatException _) {
      return Double.NaN; // the parser will say so
    }
  }
}
