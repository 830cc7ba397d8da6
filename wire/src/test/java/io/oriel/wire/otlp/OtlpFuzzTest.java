package io.oriel.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.Mutations;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Requests of OTLP that nobody would send, in both encodings: each is taken or refused. */
class OtlpFuzzTest {
  private static final int REQUESTS = 40_000;
  private static final byte[] GOOD =
      """
      {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}},
        {"key":"n","value":{"intValue":"7"}},{"key":"l","value":{"arrayValue":{"values":[{"boolValue":true},{"doubleValue":1.5}]}}}]},
       "scopeMetrics":[{"scope":{"name":"s","version":"1"},"metrics":[
        {"name":"g","unit":"By","gauge":{"dataPoints":[{"timeUnixNano":"1790000000000000000","asDouble":1.5}]}},
        {"name":"c","description":"d","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
         {"startTimeUnixNano":"1","timeUnixNano":"1790000000000000000","asInt":"9","attributes":[{"key":"a","value":{"stringValue":"b"}}],
          "exemplars":[{"timeUnixNano":"5","asDouble":1,"spanId":"0102030405060708","traceId":"0102030405060708090a0b0c0d0e0f10"}]}]}},
        {"name":"h","histogram":{"aggregationTemporality":1,"dataPoints":[
         {"timeUnixNano":"9","count":"3","sum":4.5,"bucketCounts":["1","2"],"explicitBounds":[1.0]}]}},
        {"name":"e","exponentialHistogram":{"aggregationTemporality":2,"dataPoints":[
         {"timeUnixNano":"9","count":"3","sum":4.5,"scale":9,"zeroCount":"1","positive":{"offset":-2,"bucketCounts":["1","1"]}}]}},
        {"name":"s","summary":{"dataPoints":[{"timeUnixNano":"9","count":"3","sum":4.5,"quantileValues":[{"quantile":0.5,"value":2}]}]}}
       ]}]}]}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final MetricsDecoder decoder = new MetricsDecoder(Limits.NORMAL);

  @Test
  void any_text_is_taken_or_refused() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < REQUESTS; i++) {
      byte[] json = Mutations.mutated(GOOD, random);
      try {
        byte[] message = OtlpJson.toProtobuf(json, Limits.NORMAL).toBytes();
        decoder.decode(message, message.length, new Count());
      } catch (Malformed | Refusal _) {
        // refused, as it should be
      } catch (Throwable e) {
        fail("seed " + seed + ", text " + new String(json, StandardCharsets.ISO_8859_1), e);
      }
    }
  }

  @Test
  void any_message_is_taken_or_refused() throws Malformed {
    byte[] good = OtlpJson.toProtobuf(GOOD, Limits.NORMAL).toBytes();
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < REQUESTS; i++) {
      byte[] message =
          random.nextInt(8) == 0 ? Mutations.noise(random) : Mutations.mutated(good, random);
      try {
        decoder.decode(message, message.length, new Count());
      } catch (Malformed | Refusal _) {
        // refused, as it should be
      } catch (Throwable e) {
        fail("seed " + seed + ", message " + HexFormat.of().formatHex(message), e);
      }
    }
  }

  @Test
  void what_is_changed_here_is_good_before() throws Malformed {
    byte[] good = OtlpJson.toProtobuf(GOOD, Limits.NORMAL).toBytes();
    var heard = new Count();

    decoder.decode(good, good.length, heard);

    assertThat(heard.points).isEqualTo(5);
    assertThat(heard.wrong).isZero();
  }

  private static final class Count implements MetricsVisitor {
    int points;
    int wrong;

    @Override
    public void resource(SortedMap<String, String> attributes) {}

    @Override
    public void scope(Scope scope) {}

    @Override
    public void metric(MetricHead metric) {}

    @Override
    public void point(Point point) {
      points++;
    }

    @Override
    public void wrongPoint(String why) {
      wrong++;
    }

    @Override
    public void resourceEnds() {}
  }
}
