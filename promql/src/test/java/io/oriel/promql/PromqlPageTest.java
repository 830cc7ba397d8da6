package io.oriel.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.promql.expr.ValueType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PromqlPageTest {
  @Test
  void the_page_of_the_language_is_printed_from_its_tables() throws IOException {
    PrintedPage.check("promql.md", PromqlPage.print());
  }

  @Test
  void the_page_has_a_row_for_each_function_and_marks_what_is_experimental() throws IOException {
    String page = PromqlPage.print();

    assertThat(Promql.functions())
        .allSatisfy(row -> {
          String call = row.signature().substring(0, row.signature().lastIndexOf(')') + 1);
          String line =
              page.lines().filter(each -> each.startsWith("| `" + call)).findFirst().orElse("");
          assertThat(line).contains(row.doc(), row.returns().words(), row.example());
          assertThat(line.contains("Experimental.")).isEqualTo(row.experimental());
        });
    assertThat(page).contains(ValueType.MATRIX.words(), "Promql.engine(source");
  }
}
