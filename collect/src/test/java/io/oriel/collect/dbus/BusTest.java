package io.oriel.collect.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oriel.collect.dbus.BusBytes.UnitRow;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path folder;
  private Path socket;
  private FakeBus fake;

  @BeforeEach
  void open() throws IOException {
    socket = folder.resolve("bus");
    fake = new FakeBus(socket);
  }

  @AfterEach
  void close() throws IOException {
    fake.close();
  }

  @Test
  void a_call_is_what_the_specification_draws() throws BusException {
    Bus.connect(socket, LONG).close();

    assertThat(HexFormat.ofDelimiter(" ").formatHex(fake.received.getFirst()))
        .isEqualTo(
            "6c 01 02 01 00 00 00 00 01 00 00 00 6d 00 00 00 " // no body, serial 1, 109 of fields
                + "01 01 6f 00 15 00 00 00 " // path, an object path of 21 bytes
                + "2f 6f 72 67 2f 66 72 65 65 64 65 73 6b 74 6f 70 2f 44 42 75 73 00 00 00 "
                + "02 01 73 00 14 00 00 00 " // interface, a string of 20
                + "6f 72 67 2e 66 72 65 65 64 65 73 6b 74 6f 70 2e 44 42 75 73 00 00 00 00 "
                + "03 01 73 00 05 00 00 00 48 65 6c 6c 6f 00 00 00 " // member Hello
                + "06 01 73 00 14 00 00 00 " // destination
                + "6f 72 67 2e 66 72 65 65 64 65 73 6b 74 6f 70 2e 44 42 75 73 00 00 00 00");
  }

  @Test
  void arguments_follow_the_fields() throws BusException {
    try (Bus bus = Bus.connect(socket, LONG)) {
      bus.ask(BusCall.property("a.b", "/a", "c", "d"));
    }

    assertThat(HexFormat.ofDelimiter(" ").formatHex(fake.received.getLast()))
        .endsWith(
            "08 01 67 00 02 73 73 00 " // types "ss"
                + "01 00 00 00 63 00 00 00 01 00 00 00 64 00"); // "c", "d"
    assertThat(fake.calls.getLast()).isEqualTo("/a org.freedesktop.DBus.Properties.Get(c,d)");
  }

  @Test
  void answers_stand_in_the_order_of_the_calls_and_a_refusal_costs_no_other() throws BusException {
    for (int i = 0; i < 200; i += 2) {
      fake.answers.put("/n a.b.Get" + i + "()", FakeBus.string("answer " + i));
    }

    List<BusReply> replies;
    try (Bus bus = Bus.connect(socket, LONG)) {
      replies =
          bus.ask(
              IntStream.range(0, 200)
                  .mapToObj(i -> BusCall.of("x", "/n", "a.b", "Get" + i))
                  .toList());
    }

    assertThat(replies).hasSize(200);
    assertThat(replies.get(198).expect("s").string()).isEqualTo("answer 198");
    assertThat(replies.get(199).error()).isEqualTo("org.example.No: not here");
    assertThatThrownBy(() -> replies.get(199).expect("s")).hasMessageContaining("not here");
  }

  @Test
  void answers_of_a_service_with_the_other_byte_order_are_read() throws BusException {
    var big = new BusBytes(ByteOrder.BIG_ENDIAN);
    byte[] body = new BusBytes(ByteOrder.BIG_ENDIAN).uint64(5).string("five").toBytes();
    try (Bus bus = Bus.connect(socket, LONG)) {
      fake.instead = big.message(2, 2, "", "ts", body);

      BusReply reply = bus.ask(BusCall.of("x", "/n", "a.b", "Get")).expect("ts");

      assertThat(reply.uint64()).isEqualTo(5);
      assertThat(reply.string()).isEqualTo("five");
    }
  }

  @Test
  void an_answer_of_another_type_is_refused() throws BusException {
    fake.answers.put("/n a.b.Get()", FakeBus.variant(BusBytes.variant32(7)));
    try (Bus bus = Bus.connect(socket, LONG)) {
      BusReply reply = bus.ask(BusCall.of("x", "/n", "a.b", "Get"));

      assertThat(reply.expectVariant("u").uint32()).isEqualTo(7);
      assertThatThrownBy(() -> reply.expectVariant("t"))
          .hasMessage("a property of type u where t was asked");
      assertThatThrownBy(() -> reply.expect("s"))
          .hasMessage("an answer of type v where s was asked");
    }
  }

  @Test
  void a_bus_that_hangs_is_left_when_the_time_is_up() throws BusException {
    try (Bus bus = Bus.connect(socket, LONG)) {
      fake.isSilent = true;
      bus.within(SHORT);

      assertThatThrownBy(() -> bus.ask(BusCall.of("x", "/n", "a.b", "Get")))
          .isInstanceOf(BusException.class)
          .hasMessage("the bus did not answer in time");
    }
    assertThatThrownBy(() -> Bus.connect(socket, SHORT))
        .hasMessage("the bus did not answer in time");
  }

  @Test
  void a_bus_that_talks_without_end_is_left_too() throws BusException {
    try (Bus bus = Bus.connect(socket, LONG)) {
      byte[] signal = new BusBytes().message(4, 0, "", "", new byte[0]);
      var flood = new BusBytes();
      for (int i = 0; i < 200_000; i++) flood.add(signal);
      fake.instead = flood.toBytes();
      bus.within(Duration.ofMillis(1));

      assertThatThrownBy(() -> bus.ask(BusCall.of("x", "/n", "a.b", "Get")))
          .isInstanceOf(BusException.class);
    }
  }

  @Test
  void a_message_above_the_bound_is_refused_before_it_is_read() throws BusException {
    try (Bus bus = Bus.connect(socket, LONG)) {
      fake.instead =
          new BusBytes().raw('l', 2, 0, 1).uint32(Bus.MOST_BYTES).uint32(1).uint32(8).toBytes();

      assertThatThrownBy(() -> bus.ask(BusCall.of("x", "/n", "a.b", "Get")))
          .hasMessage("a message above 8 MiB");
    }
  }

  @Test
  void who_is_not_there_or_no_bus_is_said_so() throws Exception {
    assertThatThrownBy(() -> Bus.connect(folder.resolve("nobody"), LONG))
        .isInstanceOf(BusException.class)
        .hasMessageContaining("nobody: ");
    try (Bus bus = Bus.connect(socket, LONG)) {
      fake.instead = "HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII);

      assertThatThrownBy(() -> bus.ask(BusCall.of("x", "/n", "a.b", "Get")))
          .hasMessage("what listens there does not speak D-Bus 1");
    }
  }

  @Test
  void a_spoiled_answer_is_refused_in_words_whatever_byte_is_spoiled() throws Exception {
    long seed = 20_260;
    var random = new Random(seed);
    byte[] units = BusBytes.units(List.of(new UnitRow("a.service", "loaded", "active")));
    byte[] whole = new BusBytes().message(2, 2, "", "a(ssssssouso)", units);
    for (int round = 0; round < 500; round++) {
      byte[] spoiled = whole.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt();
      }
      read(spoiled, "seed " + seed + " round " + round);
    }
  }

  /** An answer or a refusal, nothing else; what is short waits, and is given up by hanging up. */
  private void read(byte[] message, String told) throws Exception {
    try (Bus bus = Bus.connect(socket, LONG)) {
      fake.instead = message;
      bus.within(Duration.ofMillis(2));
      BusReply reply = bus.ask(BusCall.of("x", "/n", "a.b", "Get")).expect("a(ssssssouso)");
      int end = reply.array(8);
      while (reply.isBefore(end)) {
        reply.struct();
        for (int i = 0; i < 7; i++) reply.string();
        reply.uint32();
        reply.skipString();
        reply.skipString();
      }
    } catch (BusException e) {
      assertThat(e.reason()).as(told).isNotBlank();
    } finally {
      fake.instead = null;
    }
  }

  @Test
  void a_real_bus_lets_us_in_and_answers() throws Exception {
    Path daemon = Path.of("/usr/bin/dbus-daemon");
    assumeTrue(Files.isExecutable(daemon), "skipped: there is no " + daemon);
    Path real = folder.resolve("real");
    Process process = start(daemon, real);
    try (Bus bus = Bus.connect(real, LONG)) {
      String self = "org.freedesktop.DBus";

      List<BusReply> replies =
          bus.ask(
              List.of(
                  BusCall.of(self, "/", self, "GetId"),
                  BusCall.of("org.freedesktop.systemd1", "/", self + ".Peer", "Ping")));

      assertThat(replies.getFirst().expect("s").string()).hasSize(32);
      assertThat(replies.getLast().error()).contains("org.freedesktop.systemd1");
    } finally {
      process.destroy();
    }
  }

  private Process start(Path daemon, Path at) throws IOException {
    Path rules = folder.resolve("bus.conf");
    Files.writeString(
        rules,
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
        <policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/></policy>
        </busconfig>
        """
            .formatted(at));
    var command =
        new ProcessBuilder(daemon.toString(), "--config-file=" + rules, "--print-address");
    Process process = command.redirectErrorStream(true).start();
    process.inputReader().readLine(); // its address: it listens now
    return process;
  }
}
