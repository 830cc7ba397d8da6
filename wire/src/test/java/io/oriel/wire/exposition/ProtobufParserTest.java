package io.oriel.wire.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProtobufParserTest {
  /** Protobuf as bytes: enough of it for metric families. */
  private static final class Message {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Message of(Consumer<Message> fields) {
      var message = new Message();
      fields.accept(message);
      return message;
    }

    private void raw(long value) {
      long left = value;
      for (; (left & ~0x7fL) != 0; left >>>= 7) bytes.write((int) ((left & 0x7f) | 0x80));
      bytes.write((int) left);
    }

    Message number(int field, long value) {
      raw(field << 3);
      raw(value);
      return this;
    }

    Message signed(int field, long value) {
      return number(field, value << 1 ^ value >> 63);
    }

    Message real(int field, double value) {
      raw(field << 3 | 1);
      bytes.writeBytes(real(value));
      return this;
    }

    private static byte[] real(double value) {
      return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    }

    Message packedSigned(int field, long... values) {
      return in(
          field,
          m -> {
            for (long value : values) m.raw(value << 1 ^ value >> 63);
          });
    }

    Message packedReal(int field, double... values) {
      return in(
          field,
          m -> {
            for (double value : values) m.bytes.writeBytes(real(value));
          });
    }

    Message text(int field, String text) {
      return bytes(field, text.getBytes(UTF_8));
    }

    Message in(int field, Consumer<Message> fields) {
      return bytes(field, of(fields).bytes.toByteArray());
    }

    private Message bytes(int field, byte[] value) {
      raw(field << 3 | 2);
      raw(value.length);
      bytes.writeBytes(value);
      return this;
    }

    Message label(String name, String value) {
      return in(1, label -> label.text(1, name).text(2, value));
    }
  }

  private final List<String> heard = new ArrayList<>();
  private boolean wantsNative = true;
  private boolean wantsClassic;

  private void parse(Message... families) throws SyntaxError {
    var page = new Message();
    for (Message family : families) {
      page.raw(family.bytes.size());
      page.bytes.writeBytes(family.bytes.toByteArray());
    }
    parse(page.bytes.toByteArray());
  }

  private void parse(byte[] page) throws SyntaxError {
    ExpositionFormat.PROTOBUF.parse(page, page.length, Limits.NORMAL, new Hearing());
  }

  private final class Hearing implements SampleVisitor {
    private static String at(long timestampMs) {
      return timestampMs == NO_TIMESTAMP ? "" : " @" + timestampMs;
    }

    @Override
    public void sample(SeriesText series, double value, long timestampMs) throws SyntaxError {
      heard.add(series.labels() + " " + value + at(timestampMs));
    }

    @Override
    public void histogram(SeriesText series, Histogram histogram, long timestampMs)
        throws SyntaxError {
      heard.add(series.labels() + " " + histogram + at(timestampMs));
    }

    @Override
    public void invalid(SeriesText series, String why) throws SyntaxError {
      heard.add(series.labels() + " invalid: " + why);
    }

    @Override
    public void startOfLast(long startMs) {
      heard.add(heard.removeLast() + " since " + startMs);
    }

    @Override
    public void exemplar(SeriesText labels, double value, long timestampMs) throws SyntaxError {
      heard.add("# " + labels.labels() + " " + value + at(timestampMs));
    }

    @Override
    public void metadata(MetadataText said) throws SyntaxError {
      heard.add(said.kind() + " " + said.metric() + " " + said.text());
    }

    @Override
    public boolean wantsExemplars() {
      return true;
    }

    @Override
    public boolean wantsHistograms() {
      return wantsNative;
    }

    @Override
    public boolean wantsClassicHistograms() {
      return wantsClassic;
    }
  }

  private static Message latency(Consumer<Message> histogram) {
    return Message.of(
        family -> family.text(1, "latency").number(3, 4).in(4, metric -> metric.in(7, histogram)));
  }

  @Test
  void a_counter_comes_with_labels_start_exemplar_and_metadata() throws SyntaxError {
    parse(
        Message.of(family ->
            family
                .text(1, "requests_total")
                .text(2, "All \"requests\",\nby code")
                .text(5, "requests")
                .in(
                    4,
                    metric ->
                        metric
                            .label("code", "2\"0\\0\n")
                            .in(
                                3,
                                counter ->
                                    counter
                                        .real(1, 7)
                                        .in(
                                            2,
                                            exemplar ->
                                                exemplar
                                                    .label("trace_id", "a")
                                                    .real(2, 0.5)
                                                    .in(
                                                        3,
                                                        t -> t.number(1, 12).number(2, 5_000_000)))
                                        .in(3, start -> start.number(1, 10)))
                            .number(6, 20_000))));

    assertThat(heard)
        .containsExactly(
            "TYPE requests_total counter",
            "HELP requests_total All \"requests\",\nby code",
            "UNIT requests_total requests",
            "requests_total{code=\"2\\\"0\\\\0\\n\"} 7.0 @20000 since 10000",
            "# {trace_id=\"a\"} 0.5 @12005");
  }

  @Test
  void a_native_histogram_is_told_in_place_of_its_classic_buckets() throws SyntaxError {
    Message family =
        latency(h ->
            h.number(1, 10)
                .real(2, 3.5)
                .in(3, bucket -> bucket.number(1, 4).real(2, 0.5))
                .signed(5, 3)
                .real(6, 0.001)
                .number(7, 1)
                .in(12, span -> span.signed(1, -2).number(2, 2))
                .in(12, span -> span.signed(1, 3).number(2, 1))
                .packedSigned(13, 2, 1, -2)
                .in(9, span -> span.signed(1, 0).number(2, 1))
                .packedSigned(10, 3)
                .in(15, start -> start.number(1, 5))
                .in(16, e -> e.label("t", "x").real(2, 1).in(3, t -> t.number(1, 6))));

    parse(family);

    assertThat(heard.subList(1, heard.size()))
        .containsExactly(
            "latency {{schema:3 count:10 sum:3.5 z_bucket:1 z_bucket_w:0.001 offset:-2"
                + " buckets:[2 3 0 0 0 1] n_buckets:[3]}} since 5000",
            "# {t=\"x\"} 1.0 @6000");
  }

  @Test
  void classic_buckets_are_told_where_native_ones_are_not_wanted_or_both_are() throws SyntaxError {
    Message family =
        latency(h ->
            h.number(1, 5)
                .real(2, 3.5)
                .in(3, bucket -> bucket.number(1, 4).real(2, 0.5))
                .signed(5, 3)
                .in(12, span -> span.number(2, 1))
                .signed(13, 5));
    String[] classic = {
      "latency_count 5.0",
      "latency_sum 3.5",
      "latency_bucket{le=\"0.5\"} 4.0",
      "latency_bucket{le=\"+Inf\"} 5.0"
    };

    wantsNative = false;
    parse(family);
    assertThat(heard.subList(1, heard.size())).containsExactly(classic);
    heard.clear();
    wantsNative = wantsClassic = true;
    parse(family);

    assertThat(heard).hasSize(6).contains(classic);
    assertThat(heard.get(1)).isEqualTo("latency {{schema:3 count:5 sum:3.5 buckets:[5]}}");
  }

  @Test
  void fractions_make_a_gauge_histogram_of_floats() throws SyntaxError {
    parse(
        Message.of(family ->
            family
                .text(1, "share")
                .number(3, 5)
                .in(
                    4,
                    metric ->
                        metric.in(
                            7,
                            h ->
                                h.real(4, 1.75)
                                    .real(2, 2)
                                    .in(12, span -> span.signed(1, 1).number(2, 2))
                                    .packedReal(14, 1.5, 0.25)))));

    assertThat(heard.getLast())
        .isEqualTo(
            "share {{count:1.75 sum:2 counter_reset_hint:gauge offset:1 buckets:[1.5 0.25]}}");
  }

  @Test
  void a_histogram_that_contradicts_itself_costs_no_other_line() throws SyntaxError {
    parse(
        latency(h -> h.number(1, 9).in(12, span -> span.number(2, 1)).packedSigned(13, 5)),
        latency(h -> h.number(1, 5).in(12, span -> span.number(2, 2)).packedSigned(13, 5)),
        latency(h -> h.number(1, 5).in(12, span -> span.number(2, 1)).packedSigned(13, 5)));

    assertThat(heard.get(1)).startsWith("latency invalid: 5 observations found in buckets");
    assertThat(heard.get(3)).startsWith("latency invalid: positive side: spans need 2 buckets");
    assertThat(heard.getLast()).startsWith("latency {{");
  }

  @Test
  void a_summary_is_told_as_the_text_formats_do() throws SyntaxError {
    parse(
        Message.of(family ->
            family
                .text(1, "rpc")
                .number(3, 2)
                .in(
                    4,
                    metric ->
                        metric.in(
                            4,
                            s ->
                                s.number(1, 3).real(2, 6).in(3, q -> q.real(1, 0.5).real(2, 2))))));

    assertThat(heard.subList(1, heard.size()))
        .containsExactly("rpc_count 3.0", "rpc_sum 6.0", "rpc{quantile=\"0.5\"} 2.0");
  }

  @Test
  void a_page_cut_anywhere_is_refused_or_read_to_the_cut_and_never_worse() throws SyntaxError {
    var page = new Message();
    Message family = latency(h -> h.number(1, 5).in(12, span -> span.number(2, 1)).signed(13, 5));
    page.raw(family.bytes.size());
    page.bytes.writeBytes(family.bytes.toByteArray());
    byte[] whole = page.bytes.toByteArray();
    for (int cut = 1; cut < whole.length; cut++) {
      byte[] part = java.util.Arrays.copyOf(whole, cut);
      assertThatThrownBy(() -> parse(part)).as("cut at %s", cut).isInstanceOf(SyntaxError.class);
    }
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = whole.clone();
      for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        parse(broken);
      } catch (SyntaxError expected) {
        assertThat(expected).hasMessageNotContaining("\n");
      }
      heard.clear();
    }
  }

  @Test
  void a_reason_that_quotes_the_page_is_one_line_whatever_the_page_held() {
    var broken =
        Message.of(family -> family.text(1, "two\nlines").bytes(2, new byte[] {(byte) 0xff}));

    assertThatThrownBy(() -> parse(broken))
        .hasMessage("line 1: a text of the metric family 'two\ufffdlines' is not UTF-8");
  }
}
