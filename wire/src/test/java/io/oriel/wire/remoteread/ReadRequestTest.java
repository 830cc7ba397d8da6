package io.oriel.wire.remoteread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.Matcher;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Malformed;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadRequestTest {
  @Test
  void queries_have_a_time_and_matchers() throws Malformed {
    byte[] message = request().number(2, 0).toBytes();

    ReadRequest request = ReadRequest.decode(message, message.length);

    ReadRequest.Query query = request.queries().getFirst();
    assertThat(query.startMs()).isEqualTo(-5);
    assertThat(query.endMs()).isEqualTo(1_700_000_000_000L);
    assertThat(query.matchers().toString()).isEqualTo("[__name__=\"up\", job=~\"a|b\"]");
    assertThat(request.form()).isEqualTo(ReadRequest.SAMPLES);
  }

  @Test
  void the_first_form_that_is_known_is_taken() throws Malformed {
    byte[] packed = new FieldWriter().bytes(2, new byte[] {9, 1, 0}, 3).toBytes();
    byte[] unknown = new FieldWriter().number(2, 9).toBytes();

    assertThat(ReadRequest.decode(packed, 3 + 2).form()).isEqualTo(ReadRequest.STREAMED_CHUNKS);
    assertThat(ReadRequest.decode(unknown, unknown.length).form()).isNegative();
    assertThat(ReadRequest.decode(new byte[0], 0).form()).isEqualTo(ReadRequest.SAMPLES);
  }

  @Test
  void a_wrong_matcher_is_named() {
    byte[] regex = withMatcher(new FieldWriter().number(1, 2).text(2, "a").text(3, "("));
    byte[] type = withMatcher(new FieldWriter().number(1, 4).text(2, "a"));

    assertThatThrownBy(() -> ReadRequest.decode(regex, regex.length))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("a matcher has a wrong expression");
    assertThatThrownBy(() -> ReadRequest.decode(type, type.length))
        .hasMessageContaining("a matcher has the type 4");
  }

  @Test
  void too_many_queries_are_refused() {
    var message = new FieldWriter();
    for (int i = 0; i < 1001; i++) message.message(1, new FieldWriter());
    byte[] bytes = message.toBytes();

    assertThatThrownBy(() -> ReadRequest.decode(bytes, bytes.length))
        .hasMessageContaining("it has more than 1000 queries");
  }

  @Test
  void bytes_cut_or_changed_anywhere_are_read_or_refused_and_nothing_else() {
    byte[] whole = request().toBytes();
    var random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int j = random.nextInt(4); j > 0 && bytes.length > 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(ReadRequest.decode(bytes, bytes.length)).isNotNull();
      } catch (Malformed refused) {
        assertThat(refused).hasMessageStartingWith("the body is no remote read request");
      } catch (io.oriel.model.limit.Refusal tooLarge) {
        assertThat(tooLarge.getMessage()).isNotBlank();
      }
    }
  }

  private static FieldWriter request() {
    var name = new FieldWriter().text(2, "__name__").text(3, "up");
    var job = new FieldWriter().number(1, Matcher.Op.REGEX.ordinal()).text(2, "job").text(3, "a|b");
    var hints = new FieldWriter().number(1, 15_000).text(2, "rate");
    var query = new FieldWriter().number(1, -5).number(2, 1_700_000_000_000L);
    return new FieldWriter().message(1, query.message(3, name).message(3, job).message(4, hints));
  }

  private static byte[] withMatcher(FieldWriter matcher) {
    return new FieldWriter().message(1, new FieldWriter().message(3, matcher)).toBytes();
  }
}
