package io.oriel.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.SnappyBlock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Remote read at the level of bytes; that real clients read them is a test beside the peers. */
class ReadApiTest {
  private static final long NOW = ApiFixture.NOW_MS;
  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void samples_come_in_one_snappy_block_with_the_external_labels() throws Exception {
    api.with(1.5, "__name__", "up");

    var answer = read(api, query("__name__", "up"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("snappy");
    var sample = new FieldWriter().eightBytes(1, 1.5).number(2, NOW);
    var series =
        new FieldWriter()
            .message(1, new FieldWriter().text(1, "__name__").text(2, "up"))
            .message(1, new FieldWriter().text(1, "site").text(2, "a"))
            .message(2, sample);
    var expected = new FieldWriter().message(1, new FieldWriter().message(1, series));
    assertThat(hex(unpacked(answer.body()))).isEqualTo(hex(expected.toBytes()));
  }

  @Test
  void a_query_for_an_external_label_finds_what_is_stored_without_it() throws Exception {
    api.with(1, "__name__", "up");

    assertThat(unpacked(read(api, query("site", "a")).body())).hasSizeGreaterThan(20);
    assertThat(hex(unpacked(read(api, query("site", "b")).body()))).isEqualTo("0a00");
  }

  @Test
  void streamed_chunks_come_as_frames_in_the_order_of_labels() throws Exception {
    api.with(1, "__name__", "up", "job", "b").with(1, "__name__", "up", "job", "a");

    var answer = read(api, query("__name__", "up").number(2, 1));

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse");
    String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
    assertThat(text.indexOf("job\u0012\u0001a")).isPositive();
    assertThat(text.indexOf("job\u0012\u0001b")).isGreaterThan(text.indexOf("job\u0012\u0001a"));
  }

  @Test
  void what_is_no_request_is_refused_in_words() throws Exception {
    var noSnappy = send(api, "hello".getBytes(StandardCharsets.US_ASCII));
    var noForm = read(api, new FieldWriter().number(2, 7));

    assertThat(noSnappy.statusCode()).isEqualTo(400);
    assertThat(text(noSnappy)).contains("snappy");
    assertThat(noForm.statusCode()).isEqualTo(400);
    assertThat(text(noForm)).contains("does not support any of the requested response types: [7]");
  }

  @Test
  void more_samples_than_one_message_may_hold_are_refused_by_name_and_streamed() throws Exception {
    try (var small = new ApiFixture(Limits.NORMAL.with(Limit.READ_SAMPLES, 1))) {
      small.store.add(Labels.of("__name__", "up"), NOW - 1, 1);
      small.store.add(Labels.of("__name__", "up"), NOW, 1);

      var refused = read(small, query("__name__", "up"));
      var streamed = read(small, query("__name__", "up").number(2, 1));

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(text(refused)).contains("over the limit of 1", "limits.read_samples");
      assertThat(streamed.statusCode()).isEqualTo(200);
    }
  }

  private static FieldWriter query(String label, String value) {
    var matcher = new FieldWriter().text(2, label).text(3, value);
    var query = new FieldWriter().number(1, NOW - 60_000).number(2, NOW).message(3, matcher);
    return new FieldWriter().message(1, query);
  }

  private static HttpResponse<byte[]> read(ApiFixture api, FieldWriter request) throws Exception {
    byte[] message = request.toBytes();
    return send(api, SnappyBlock.pack(message, message.length));
  }

  private static HttpResponse<byte[]> send(ApiFixture api, byte[] body) throws Exception {
    return api.server.sendForBytes(
        api.server
            .request("/api/v1/read", "Content-Encoding", "snappy")
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static byte[] unpacked(byte[] body) throws Exception {
    var block = new SnappyBlock();
    block.unpack(body, Limits.NORMAL, Limit.REQUEST_BODY_BYTES, "the answer");
    return Arrays.copyOf(block.bytes(), block.length());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
