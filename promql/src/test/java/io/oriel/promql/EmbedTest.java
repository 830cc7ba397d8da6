package io.oriel.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.backend.QueryOptions;
import io.oriel.model.limit.Limits;
import io.oriel.promql.memory.MemorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbedTest {
  @Test
  void an_engine_fits_into_any_program() {
    // snippet: shown in package-info of io.oriel.promql
    var source = new MemorySource();
    for (int i = 0; i <= 40; i++) {
      source.add(Labels.of("__name__", "requests_total", "host", "a"), i * 15_000L, i * 30);
      source.add(Labels.of("__name__", "requests_total", "host", "b"), i * 15_000L, i * 60);
    }
    try (var engine = Promql.engine(source, Limits.NORMAL, Clock.system())) {
      var answer = engine.instant("sum(rate(requests_total[5m]))", 600_000, QueryOptions.DEFAULT);
      if (answer.result() instanceof Result.Vector vector) {
        System.out.println(Math.round(vector.points().getFirst().value())); // 6
      }
      // end of snippet
      assertThat(((Result.Vector) answer.result()).points())
          .singleElement()
          .satisfies(point -> assertThat(point.value()).isCloseTo(6, within(1e-9)));
    }
  }

  @Test
  void the_snippet_in_the_documentation_is_the_one_that_runs() throws IOException {
    Path root = Path.of(System.getProperty("oriel.root"), "promql/src");
    String test = Files.readString(root.resolve("test/java/io/oriel/promql/EmbedTest.java"));
    String page = Files.readString(root.resolve("main/java/io/oriel/promql/package-info.java"));

    String snippet = test.substring(test.indexOf("// snippet:"), test.indexOf("// end of snippet"));

    assertThat(snippet.lines().skip(1).map(String::strip).filter(line -> !line.isEmpty()))
        .allSatisfy(line -> assertThat(page).contains(line));
  }
}
