package io.oriel.server.http.oriel;

import io.oriel.collect.catalogue.ModelCatalogue;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelRecord;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The model catalogue as data: one record a model, each value with who says it. */
public final class ModelsView {
  private static final int USUAL = 500;
  private static final int MOST = 10_000;

  private final Supplier<ModelCatalogue> catalogue;

  private ModelsView(Supplier<ModelCatalogue> catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Its route.
   *
   * @param catalogue as of now
   */
  public static Route route(Supplier<ModelCatalogue> catalogue) {
    var view = new ModelsView(catalogue);
    return Route.get(
        "/api/v1/oriel/models",
        "The models that are known, each field with its source",
        view::answer);
  }

  private Answer answer(Call call) {
    int rows = RowLimit.of(call, USUAL, MOST);
    ModelCatalogue now = catalogue.get();
    List<ModelRecord> models = now.models();
    return Answer.json(out -> {
      out.object().field("total", models.size()).name("models").array();
      for (ModelRecord each : models.subList(0, Math.min(rows, models.size()))) write(out, each);
      out.end().field("leftOut", now.leftOut()).end();
    });
  }

  private static void write(JsonOut out, ModelRecord model) throws IOException {
    out.object().field("name", model.name()).name("names").array();
    for (ModelRecord.Name each : model.names()) {
      out.object()
          .field("name", each.name())
          .field("role", each.role().name().toLowerCase(Locale.ROOT))
          .field("source", each.source())
          .field("reason", each.reason())
          .end();
    }
    out.end().name("fields").object();
    for (ModelRecord.Known each : model.fields()) write(out, each);
    out.end().field("notes", model.notes()).end();
  }

  private static void write(JsonOut out, ModelRecord.Known known) throws IOException {
    ModelField field = known.field();
    out.name(field.key()).object();
    if (!field.unit().isEmpty()) out.field("unit", field.unit());
    out.field("contradiction", known.isContradictory()).name("values").array();
    for (ModelRecord.Value each : known.values()) {
      out.object().name("value");
      if (field.isNumber()) number(out, each.value());
      else out.value(each.value());
      out.field("sources", each.sources()).end();
    }
    out.end().end();
  }

  private static void number(JsonOut out, String text) throws IOException {
    try {
      out.value(Long.parseLong(text));
    } catch (NumberFormatException _) {
      out.value(fraction(text));
    }
  }

  private static double fraction(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN; // null in JSON
    }
  }
}
