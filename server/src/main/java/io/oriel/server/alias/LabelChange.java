package io.oriel.server.alias;

import io.oriel.model.Labels;
import java.util.List;
import java.util.Optional;

/** What happens to the labels of a series that is read under another name: one step of it. */
sealed interface LabelChange {
  /** Makes the change; false where the series has no place under the other name. */
  boolean change(Labels.Builder labels);

  /** What undoes it, where there is something to undo. */
  Optional<LabelChange> back();

  /** A label with another name, its value with a beginning taken away and one put before it. */
  record Renamed(String from, String to, String less, String more) implements LabelChange {
    @Override
    public boolean change(Labels.Builder labels) {
      String value = labels.get(from);
      if (value == null) return true;
      labels.remove(from);
      labels.set(to, more + (value.startsWith(less) ? value.substring(less.length()) : value));
      return true;
    }

    @Override
    public Optional<LabelChange> back() {
      return Optional.of(new Renamed(to, from, more, less));
    }
  }

  /** A label that newer versions have and older ones lack, with the value that it would have. */
  record Added(String name, String value) implements LabelChange {
    @Override
    public boolean change(Labels.Builder labels) {
      if (labels.get(name) == null) labels.set(name, value);
      return true;
    }

    @Override
    public Optional<LabelChange> back() {
      return Optional.empty(); // an older name simply has one label more
    }
  }

  /** What was a part of the name is a label's value. */
  record Fixed(String name, String value) implements LabelChange {
    @Override
    public boolean change(Labels.Builder labels) {
      labels.set(name, value);
      return true;
    }

    @Override
    public Optional<LabelChange> back() {
      return Optional.of(new Demanded(name, value));
    }
  }

  /** Only series with this value; the label goes. */
  record Demanded(String name, String value) implements LabelChange {
    @Override
    public boolean change(Labels.Builder labels) {
      if (!value.equals(labels.get(name))) return false;
      labels.remove(name);
      return true;
    }

    @Override
    public Optional<LabelChange> back() {
      return Optional.of(new Fixed(name, value));
    }
  }

  /** The changes that lead back, the last one first. */
  static List<LabelChange> back(List<LabelChange> changes) {
    return changes.reversed().stream().flatMap(each -> each.back().stream()).toList();
  }

  /**
   * Reads one: {@code a>b} renames, {@code a>b:X} takes X from the value's beginning, {@code +a=v}
   * adds where there is none, {@code =a=v} sets.
   */
  static LabelChange parse(String text) {
    char first = text.charAt(0);
    if (first == '+' || first == '=') {
      int equals = text.indexOf('=', 1);
      String name = text.substring(1, equals);
      String value = text.substring(equals + 1);
      return first == '+' ? new Added(name, value) : new Fixed(name, value);
    }
    int arrow = text.indexOf('>');
    int colon = text.indexOf(':', arrow);
    String to = text.substring(arrow + 1, colon < 0 ? text.length() : colon);
    String less = colon < 0 ? "" : text.substring(colon + 1);
    return new Renamed(text.substring(0, arrow), to, less, "");
  }
}
