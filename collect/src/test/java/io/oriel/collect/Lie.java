package io.oriel.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.wire.testing.RawTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** The ways in which a system may be dead, slow or lie, whatever it is asked for. */
@SuppressWarnings("ImmutableEnumChecker") // scripts without state
enum Lie {
  SAYS_NOTHING((in, _) -> in.read(), true, false), // until the other side goes
  TRICKLES((_, out) -> trickle(out, head("application/json", 100_000)), true, false),
  TRICKLES_ITS_HEAD((_, out) -> trickle(out, ""), true, false),
  ENDS_AT_ONCE((_, _) -> {}),
  CLOSES_IN_THE_MIDDLE((_, out) -> send(out, head("application/json", 1000) + "{\"models\":[")),
  IS_NOT_HTTP((_, out) -> send(out, "SSH-2.0-OpenSSH_9.2\r\n")),
  FAILS((_, out) -> send(out, "HTTP/1.1 500 \u0007Oh\u001b[31m no\r\nContent-Length: 0\r\n\r\n")),
  GARBAGE((_, out) -> answer(out, "text/plain", garbage())),
  GARBAGE_AS_JSON((_, out) -> answer(out, "application/json", garbage())),
  NOTHING((_, out) -> answer(out, "application/json", "")),
  LOGIN_PAGE((_, out) -> answer(out, "text/html", "<html><body>please log in</body></html>")),
  WRONG_SHAPE((_, out) -> answer(out, "application/json", "[1, \"x\", null, {}, [[]]]")),
  EMPTY_OBJECT((_, out) -> answer(out, "application/json", "{}")),
  FIELDS_OF_OTHER_TYPES(
      (_, out) -> answer(out, "application/json", anything("7", "[]").replace("[{", "{\"x\":{"))),
  METRICS_OF_ANOTHER((_, out) -> answer(out, "text/plain; version=0.0.4", "another_metric 1\n")),
  WRONG_TYPE((_, out) -> answer(out, "image/\u0001png" + "x".repeat(5_000), "vllm:x 1\n")),
  ODD_PACKING((_, out) ->
      send(
          out,
          "HTTP/1.1 200 OK\r\nContent-Encoding: \u001b[31m%s\r\n\r\n"
              .formatted("b".repeat(5_000)))),
  ENDLESS_JSON((_, out) -> endless(out, "application/json", "[", "0,")),
  ENDLESS_PAGE((_, out) -> endless(out, "text/plain", "", "x{n=\"1\"} 1\n")),
  MORE_TYPES_THAN_SERIES((_, out) -> manyTypes(out)),
  ENDLESS_HEAD((_, out) -> {
    send(out, "HTTP/1.1 200 OK\r\n");
    while (true) send(out, "X: y\r\n".repeat(1_000));
  }),
  HUGE((_, out) -> repeat(out, "application/json", 64 << 20)),
  MANY_SMALL_VALUES((_, out) -> repeat(out, "application/json", 6 << 20)),
  GZIP_BOMB((_, out) -> bomb(out)),
  REDIRECTS_TO_ITSELF((_, out) -> redirect(out, "/again")),
  REDIRECTS_TO_A_FILE((_, out) -> redirect(out, "file:///etc/passwd")),
  REDIRECTS_TO_A_SOCKET((_, out) -> redirect(out, "unix:///var/run/docker.sock")),
  REDIRECTS_TO_NOWHERE((_, out) -> redirect(out, "http://127.0.0.1:1/")),
  REDIRECTS_TO_NO_ADDRESS((_, out) -> redirect(out, "http://[::")),
  NESTED((_, out) -> answer(out, "application/json", "[".repeat(100_000))),
  NOT_NUMBERS((_, out) -> answer(out, "application/json", anything("NaN", "\"a\""))),
  NUMBERS_BEYOND_ALL(
      (_, out) -> answer(out, "application/json", anything("1e999", "\"a\"")), false, true),
  DIGITS_WITHOUT_END(
      (_, out) -> answer(out, "application/json", anything("9".repeat(900), "\"a\"")), false, true),
  CONTROL_CHARACTERS(
      (_, out) ->
          answer(out, "application/json", anything("1", "\"a\\n\\u0000\\u001b[31m\\ud800\"")),
      false,
      true);

  /** Many texts in one answer: whatever list a collector looks for, it may find it. */
  private static String anything(String number, String text) {
    String one =
        """
        {"name":T,"id":T,"model":T,"root":T,"digest":T,"size":N,"size_vram":N,"max_model_len":N,\
        "expires_at":T,"details":{"family":T,"parameter_size":T,"quantization_level":T}}\
        """;
    return """
    {"version":T,"status":T,"model_id":T,"model_path":T,"model_alias":T,"build_info":T,\
    "max_total_tokens":N,"models":[ONE],"data":[ONE],"items":[ONE],"collections":[ONE],\
    "result":{"collections":[ONE],"points_count":N,"status":T},"meta":{"totalItems":N}}\
    """
        .replace("ONE", one)
        .replace("T,", text + ",")
        .replace("T}", text + "}")
        .replace("N,", number + ",")
        .replace("N}", number + "}");
  }

  private final RawTarget.Script script;
  private final boolean slow;
  private final boolean mayPass;

  Lie(RawTarget.Script script) {
    this(script, false, false);
  }

  /**
   * @param slow whether only the end of patience ends it
   * @param mayPass whether somebody who tells the truth could answer so
   */
  Lie(RawTarget.Script script, boolean slow, boolean mayPass) {
    this.script = script;
    this.slow = slow;
    this.mayPass = mayPass;
  }

  RawTarget target() throws IOException {
    return new RawTarget(script);
  }

  boolean isSlow() {
    return slow;
  }

  boolean mayPass() {
    return mayPass;
  }

  private static String head(String type, long length) {
    return "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(type, length);
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  private static void answer(OutputStream out, String type, String body) throws IOException {
    answer(out, type, body.getBytes(UTF_8));
  }

  private static void answer(OutputStream out, String type, byte[] body) throws IOException {
    send(out, head(type, body.length));
    out.write(body);
    out.flush();
  }

  private static void redirect(OutputStream out, String to) throws IOException {
    send(out, "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n".formatted(to));
  }

  private static void trickle(OutputStream out, String begin)
      throws IOException, InterruptedException {
    send(out, begin);
    byte[] drops = "HTTP/1.1 200 OK\r\nX: ".getBytes(UTF_8);
    for (int i = 0; ; i++) {
      out.write(i < drops.length ? drops[i] : 'x');
      out.flush();
      TimeUnit.MILLISECONDS.sleep(20); // so often that no timeout of a single read helps
    }
  }

  private static byte[] garbage() {
    byte[] bytes = new byte[10_000];
    new Random(6).nextBytes(bytes);
    return bytes;
  }

  private static void endless(OutputStream out, String type, String begin, String piece)
      throws IOException {
    send(out, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + begin);
    while (true) send(out, piece.repeat(4_000));
  }

  private static void manyTypes(OutputStream out) throws IOException {
    send(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
    for (int i = 0; i < 100_000; i += 1_000) { // more than there may be series
      var lines = new StringBuilder();
      for (int j = 0; j < 1_000; j++) lines.append("# TYPE x").append(i + j).append(" counter\n");
      send(out, lines.toString());
    }
  }

  private static void repeat(OutputStream out, String type, int bytes) throws IOException {
    byte[] piece = "{},".repeat(10_000).getBytes(UTF_8);
    send(out, head(type, bytes) + "[");
    for (int left = bytes - 3; left > 0; left -= piece.length) {
      out.write(piece, 0, Math.min(left / 3 * 3, piece.length));
    }
    send(out, "0]");
  }

  private static void bomb(OutputStream out) throws IOException {
    send(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
            + "Content-Length: %d\r\n\r\n".formatted(Bomb.PACKED.length));
    out.write(Bomb.PACKED);
    out.flush();
  }

  /** 64 MiB of spaces, which may stand before any JSON, packed once. */
  private static final class Bomb {
    static final byte[] PACKED = packed();

    private static byte[] packed() {
      var packed = new ByteArrayOutputStream();
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      try (var gzip = new GZIPOutputStream(packed)) {
        for (int i = 0; i < 64; i++) gzip.write(spaces);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return packed.toByteArray();
    }
  }
}
