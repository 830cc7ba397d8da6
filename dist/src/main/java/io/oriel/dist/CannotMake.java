package io.oriel.dist;

/** Why a distribution could not be made, and what to do. */
final class CannotMake extends Exception {
  private static final long serialVersionUID = 1;

  CannotMake(String happened, String remedy) {
    super(happened + "; " + remedy);
  }
}
