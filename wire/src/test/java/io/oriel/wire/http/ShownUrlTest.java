package io.oriel.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://ann:s3cret@host:9090/w, http://ann:<secret>@host:9090/w",
    "https://s3cret@host/, https://<secret>@host/",
    "http://host:9090/a@b, http://host:9090/a@b",
    "http://host/, http://host/",
    "http://ann:s3@cret@host/, http://ann:<secret>@host/",
    "http://ann:s3/cret@host/, http://ann:<secret>@host/",
    "ftp://ann:s3 cret@host, ftp://ann:<secret>@host",
    "host, host",
  })
  void a_password_is_not_shown(String url, String shown) {
    assertThat(ShownUrl.of(url)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"http://ann:s3cret@host/w, http://ann:<secret>@host/w"})
  void nor_is_that_of_an_address_that_was_read(URI url, String shown) {
    assertThat(ShownUrl.of(url)).isEqualTo(shown);
  }
}
