package io.oriel.promql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of docs/ that is printed from the code: a test holds it, and rewrites it when told to. */
public final class PrintedPage {
  private PrintedPage() {}

  /** {@code -Doriel.rewrite=true} prints the pages anew. */
  public static boolean rewrites() {
    return Boolean.getBoolean("oriel.rewrite");
  }

  public static void check(String name, String text) throws IOException {
    Path page = Path.of(System.getProperty("oriel.root"), "docs", name);
    if (rewrites()) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, text);
    }
    assertThat(page)
        .as("docs/%s is stale; print it anew: mvn -pl promql -am test -Doriel.rewrite=true", name)
        .content()
        .isEqualTo(text);
  }
}
