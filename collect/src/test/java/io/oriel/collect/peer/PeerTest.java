package io.oriel.collect.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.model.testing.ManualClock;
import io.oriel.wire.testing.TestTarget;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTest {
  private final ManualClock clock = new ManualClock(1_000_000);
  private TestTarget target;
  private Peer peer;

  @BeforeEach
  void start() throws IOException {
    target = new TestTarget();
    target.contentType = "application/json";
    peer =
        Peer.at(
            Address.of(URI.create("http://" + target.address() + "/below/"), "a test"),
            5000,
            clock);
  }

  @AfterEach
  void stop() {
    peer.close();
    target.close();
  }

  @Test
  void json_is_asked_for_below_the_address() throws Exception {
    target.page = "{\"version\": \"0.26.0\"}";

    assertThat(peer.json("/version").path("version").asText()).isEqualTo("0.26.0");
    assertThat(target.requests().getFirst()).containsEntry(":path", "/below/version");
  }

  @Test
  void what_is_not_json_is_told_with_the_address() {
    target.page = "<html>please log in</html>";

    assertThatThrownBy(() -> peer.json("/version"))
        .isInstanceOfSatisfying(
            CollectorFailure.class,
            failure -> {
              assertThat(failure.happened())
                  .contains(target.address(), "the answer to GET /below/version is not JSON");
              assertThat(failure.remedy()).contains("login page");
            });
  }

  @Test
  void json_that_nests_without_end_is_refused() {
    target.page = "[".repeat(100_000);

    assertThatThrownBy(() -> peer.json("/version")).isInstanceOf(CollectorFailure.class);
  }

  @Test
  void a_question_that_is_refused_says_its_status_and_the_next_is_asked() {
    target.status = 404;

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(this::round)
          .isInstanceOfSatisfying(
              CollectorFailure.class, failure -> assertThat(failure.status()).isEqualTo(404));
    }
    assertThat(target.requests()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 29999, 3",
    "3, 30000, 4",
    "4, 59999, 4",
    "4, 60000, 5",
    "12, 299999, 12",
    "12, 300000, 13"
  })
  void who_does_not_let_us_in_is_asked_less_and_less_often(int failures, long later, int asked) {
    target.status = 401;
    for (int i = 0; i < failures; i++) {
      assertThatThrownBy(this::round).hasMessageContaining("401");
      if (i < failures - 1) clock.advance(300_000);
    }
    clock.advance(later);

    assertThatThrownBy(this::round).hasMessageContaining("401");

    assertThat(target.requests()).hasSize(asked);
  }

  @Test
  void once_it_answers_it_is_asked_each_round_again() throws Exception {
    target.status = 401;
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(this::round).isInstanceOf(CollectorFailure.class);
      clock.advance(300_000);
    }
    target.status = 200;
    target.page = "{}";

    round();
    round();

    assertThat(target.requests()).hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({"90, 90000", "'', 30000", "soon, 30000", "86400, 3600000"})
  void who_asks_for_peace_gets_it(String retryAfter, long peaceMs) throws Exception {
    target.status = 429;
    target.retryAfter = retryAfter;
    assertThatThrownBy(this::round).hasMessageContaining("429");
    target.status = 200;
    target.page = "{}";
    clock.advance(peaceMs - 1);
    assertThatThrownBy(this::round).hasMessageContaining("429");
    assertThat(target.requests()).hasSize(1);

    clock.advance(1);

    round();
  }

  @Test
  void an_address_is_shown_without_its_password() {
    var address = Address.of(URI.create("http://admin:secret@gpu1:4000/x"), "a test");

    assertThat(address.shown()).isEqualTo("http://gpu1:4000/x");
    assertThat(address.instance()).isEqualTo("gpu1:4000");
  }

  private void round() throws CollectorFailure, InterruptedException {
    peer.begin();
    peer.json("/version");
  }
}
