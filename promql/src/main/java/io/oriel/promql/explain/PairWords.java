package io.oriel.promql.explain;

import io.oriel.promql.explain.Part.Piece;
import io.oriel.promql.explain.Phrase.Shape;
import io.oriel.promql.expr.Expr;
import io.oriel.promql.expr.Matching;
import io.oriel.promql.expr.Operator;
import io.oriel.promql.expr.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two expressions with an operator between them; what is long stands below and has a name here. */
final class PairWords {
  private static final int SHORT = 40;
  private static final int LONGEST = 90; // both sides on one line

  private PairWords() {}

  static Phrase of(Expr.Binary binary, Phrase left, Phrase right) {
    return switch (binary.operator().kind()) {
      case ARITHMETIC, TRIM -> arithmetic(binary, left, right);
      case COMPARISON -> comparison(binary, left, right);
      case SET -> set(binary, left, right);
    };
  }

  private static Phrase arithmetic(Expr.Binary binary, Phrase left, Phrase right) {
    String words = " " + binary.operator().words() + " ";
    Sentence sentence = sentence(binary);
    boolean step = right.isSimple() && right.isShort(SHORT);
    if (step && !left.isSimple()) {
      sentence.all(left.inner()).words("," + words).all(right.inner());
      return sentence.all(matched(binary.matching())).as(Shape.CHAIN);
    }
    boolean crowded = left.hasBelow() && right.hasBelow();
    boolean narrow = !crowded && (step || left.length() + right.length() <= LONGEST);
    if (narrow) {
      sentence.all(left.asOperand()).words(words).all(right.asOperand());
    } else {
      boolean first = !left.isSimple() || !left.isShort(SHORT);
      boolean second = !right.isSimple() || !right.isShort(SHORT);
      if (first) sentence.below(second ? "the first" : "this", left);
      else sentence.all(left.inner());
      sentence.words(words);
      if (second) sentence.below(first ? "the second" : "this", right);
      else sentence.all(right.inner());
    }
    return sentence.all(matched(binary.matching())).as(Shape.PAIR);
  }

  /** What is looked at is the vector: {@code 5 < x} is said as {@code x > 5}. */
  private static Phrase comparison(Expr.Binary binary, Phrase left, Phrase right) {
    boolean turned =
        binary.left().type() == ValueType.SCALAR && binary.right().type() == ValueType.VECTOR;
    Operator operator = turned ? turned(binary.operator()) : binary.operator();
    String before = binary.bool() ? ", as 1 where it " : ", only where it ";
    List<Piece> after = new ArrayList<>(matched(binary.matching()));
    if (binary.bool()) after.add(new Piece.Words(", else 0"));
    return steps(
        sentence(binary),
        turned ? right : left,
        before + operator.words() + " ",
        turned ? left : right,
        after);
  }

  private static Operator turned(Operator operator) {
    return switch (operator) {
      case LESS -> Operator.GREATER;
      case LESS_EQUAL -> Operator.GREATER_EQUAL;
      case GREATER -> Operator.LESS;
      case GREATER_EQUAL -> Operator.LESS_EQUAL;
      default -> operator;
    };
  }

  private static Phrase set(Expr.Binary binary, Phrase left, Phrase right) {
    String words = ", " + binary.operator().words() + " ";
    List<Piece> after =
        binary.operator() == Operator.OR ? told(binary.matching()) : there(binary.matching());
    return steps(sentence(binary), left, words, right, after);
  }

  private static List<Piece> told(@Nullable Matching matching) {
    if (matching == null || !matching.explicit()) return List.of();
    return inBrackets("told apart by ", matching);
  }

  private static List<Piece> there(@Nullable Matching matching) {
    if (matching == null || !matching.explicit()) {
      return List.of(new Piece.Words(" has a series with the same labels"));
    }
    if (matching.on() && matching.labels().isEmpty()) {
      return List.of(new Piece.Words(" has any series"));
    }
    var says = new ArrayList<Piece>();
    says.add(
        new Piece.Words(
            matching.on()
                ? " has a series with the same "
                : " has one with the same labels but for "));
    says.addAll(Lists.labels(matching.labels()));
    return says;
  }

  /** The left side, and a step with the right one. */
  private static Phrase steps(
      Sentence sentence, Phrase left, String words, Phrase right, List<Piece> after) {
    boolean plain = right.isSimple() || right.shape() == Shape.OPEN;
    boolean crowded = left.hasBelow() && right.hasBelow();
    boolean down = crowded || !right.isShort(plain ? LONGEST : SHORT);
    if (down && left.hasBelow()) sentence.below("the first", left);
    else sentence.all(left.inner());
    sentence.words(words);
    if (down) sentence.below(sentence.hasBelow() ? "the second" : "this", right);
    else sentence.all(right.inside());
    return sentence.all(after).as(Shape.CHAIN);
  }

  private static Sentence sentence(Expr.Binary binary) {
    return new Sentence(binary.at(), binary.operator().sign());
  }

  /** How the series of the sides find each other; nothing where it is by all labels. */
  private static List<Piece> matched(@Nullable Matching matching) {
    if (matching == null) return List.of();
    boolean grouped = matching.cardinality() != Matching.Cardinality.ONE_TO_ONE;
    if (!matching.explicit() && !grouped && !matching.fills()) return List.of();
    return inBrackets("matched by ", matching);
  }

  private static List<Piece> inBrackets(String words, Matching matching) {
    var says = new ArrayList<Piece>();
    says.add(new Piece.Words(" (" + words));
    if (matching.labels().isEmpty()) {
      says.add(new Piece.Words(matching.on() ? "nothing: one with one" : "all labels"));
    } else {
      if (!matching.on()) says.add(new Piece.Words("all labels but "));
      says.addAll(Lists.labels(matching.labels()));
    }
    says.addAll(sides(matching));
    says.add(new Piece.Words(")"));
    return says;
  }

  private static List<Piece> sides(Matching matching) {
    var says = new ArrayList<Piece>();
    boolean left = matching.cardinality() == Matching.Cardinality.MANY_TO_ONE;
    if (matching.cardinality() != Matching.Cardinality.ONE_TO_ONE) {
      says.add(
          new Piece.Words(
              left
                  ? "; many on the left to one on the right"
                  : "; one on the left to many on the right"));
    }
    if (!matching.include().isEmpty()) {
      says.add(new Piece.Words("; "));
      says.addAll(Lists.labels(matching.include()));
      says.add(new Piece.Words(left ? " taken from the right" : " taken from the left"));
    }
    Double fillLeft = matching.fillLeft();
    Double fillRight = matching.fillRight();
    if (fillLeft != null && fillLeft.equals(fillRight)) {
      fill(says, "either", fillLeft);
    } else {
      fill(says, "the left", fillLeft);
      fill(says, "the right", fillRight);
    }
    return says;
  }

  private static void fill(List<Piece> says, String side, @Nullable Double value) {
    if (value == null) return;
    says.add(new Piece.Words("; where " + side + " side has none, it counts as "));
    says.add(new Piece.Value(Numbers.words(value)));
  }
}
