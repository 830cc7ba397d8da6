package io.oriel.wire.remoteread;

import io.oriel.model.Matcher;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked for: queries, and in which forms their asker can read the answer.
 *
 * @param accepted numbers of the forms, the best first; none means {@link #SAMPLES}
 */
public record ReadRequest(List<Query> queries, List<Integer> accepted) {
  /** All samples in one message. */
  public static final int SAMPLES = 0;

  /** Frames with chunks. */
  public static final int STREAMED_CHUNKS = 1;

  private static final int MOST_QUERIES = 1000;
  private static final int QUERY = Fields.tag(1, Fields.BYTES);
  private static final int ACCEPTED = Fields.tag(2, Fields.VARINT);
  private static final int ACCEPTED_PACKED = Fields.tag(2, Fields.BYTES);
  private static final int START = Fields.tag(1, Fields.VARINT);
  private static final int END = Fields.tag(2, Fields.VARINT);
  private static final int MATCHER = Fields.tag(3, Fields.BYTES);
  private static final int OP = Fields.tag(1, Fields.VARINT);
  private static final int NAME = Fields.tag(2, Fields.BYTES);
  private static final int VALUE = Fields.tag(3, Fields.BYTES);

  /** Series and the time within which their samples are wanted, both ends included. */
  public record Query(long startMs, long endMs, List<Matcher> matchers) {
    public Query {
      matchers = List.copyOf(matchers);
    }
  }

  public ReadRequest {
    queries = List.copyOf(queries);
    accepted = List.copyOf(accepted);
  }

  /** Reads a message; hints of a query are passed over, since they only save work. */
  public static ReadRequest decode(byte[] message, int length) throws Malformed {
    var fields = new Fields("the body is no remote read request").over(message, 0, length);
    var queries = new ArrayList<Query>();
    var accepted = new ArrayList<Integer>();
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == QUERY) {
        if (queries.size() == MOST_QUERIES) {
          throw fields.wrong("it has more than " + MOST_QUERIES + " queries");
        }
        queries.add(query(fields));
      } else if (tag == ACCEPTED) {
        accept(fields.varint(), accepted);
      } else if (tag == ACCEPTED_PACKED) {
        for (int end = fields.lengthOf(); fields.at < end; ) accept(fields.varint(), accepted);
      } else {
        fields.skip(tag);
      }
    }
    return new ReadRequest(queries, accepted);
  }

  /** There are two forms; repeating them a million times asks for nothing more. */
  private static void accept(long form, List<Integer> accepted) {
    int number = Math.clamp(form, 0, Integer.MAX_VALUE);
    if (accepted.size() < 10) accepted.add(number);
  }

  private static Query query(Fields fields) throws Malformed {
    int outer = fields.end;
    fields.end = fields.lengthOf();
    long start = 0;
    long end = 0;
    var matchers = new ArrayList<Matcher>();
    for (int tag; (tag = fields.tag()) != 0; ) {
      if (tag == START) start = fields.varint();
      else if (tag == END) end = fields.varint();
      else if (tag == MATCHER) matchers.add(matcher(fields));
      else fields.skip(tag);
    }
    fields.end = outer;
    return new Query(start, end, matchers);
  }

  private static Matcher matcher(Fields fields) throws Malformed {
    int outer = fields.end;
    fields.end = fields.lengthOf();
    long op = 0;
    String name = "";
    String value = "";
    try {
      for (int tag; (tag = fields.tag()) != 0; ) {
        if (tag == OP) op = fields.varint();
        else if (tag == NAME) name = fields.text(fields.lengthOf());
        else if (tag == VALUE) value = fields.text(fields.lengthOf());
        else fields.skip(tag);
      }
    } catch (CharacterCodingException _) {
      throw fields.wrong("a matcher has bytes that are no text");
    }
    fields.end = outer;
    if (op < 0 || op >= OPS.length) throw fields.wrong("a matcher has the type " + op);
    try {
      return new Matcher(name, OPS[(int) op], value);
    } catch (IllegalArgumentException e) {
      throw fields.wrong("a matcher has a wrong expression (" + e.getMessage() + ")");
    }
  }

  private static final Matcher.Op[] OPS = {
    Matcher.Op.EQUAL, Matcher.Op.NOT_EQUAL, Matcher.Op.REGEX, Matcher.Op.NOT_REGEX
  };

  /** The form of the answer: the first of those accepted that is known here; negative: none. */
  public int form() {
    if (accepted.isEmpty()) return SAMPLES;
    for (int form : accepted) {
      if (form == SAMPLES || form == STREAMED_CHUNKS) return form;
    }
    return -1;
  }
}
