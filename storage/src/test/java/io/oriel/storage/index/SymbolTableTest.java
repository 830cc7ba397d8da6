package io.oriel.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
  private final SymbolTable symbols = new SymbolTable();

  @Test
  void a_string_keeps_its_number_and_comes_back_as_it_was() {
    List<String> texts =
        List.of("", "up", "übung", "日本", "\ud83d\ude00", "\ud800 alone", "x".repeat(200_000));

    for (String text : texts) symbols.add(text);
    for (String text : texts) symbols.add(text);

    assertThat(symbols.size()).isEqualTo(texts.size());
    for (int id = 0; id < texts.size(); id++) {
      assertThat(symbols.text(id)).isEqualTo(texts.get(id));
      assertThat(symbols.idOf(texts.get(id))).isEqualTo(id);
    }
    assertThat(symbols.idOf("nobody")).isEqualTo(-1);
  }

  @Test
  void a_hundred_thousand_strings_are_all_found() {
    for (int i = 0; i < 100_000; i++) assertThat(symbols.add("symbol " + i)).isEqualTo(i);
    for (int i = 0; i < 100_000; i++) assertThat(symbols.idOf("symbol " + i)).isEqualTo(i);
  }
}
