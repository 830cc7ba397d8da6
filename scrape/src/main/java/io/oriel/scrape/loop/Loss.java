package io.oriel.scrape.loop;

import io.oriel.model.backend.Receipt;
import io.oriel.model.limit.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What of a good page was not stored.
 *
 * @param reasons the kinds of reason there are; by them a change is seen
 * @param happened empty where all was stored
 */
record Loss(Set<String> reasons, String happened, String remedy) {
  static final Loss NONE = new Loss(Set.of(), "", "");

  /** Of a page that was handed on. */
  static Loss of(Receipt receipt, PageReader page) {
    if (page.refused() == 0 && receipt.refused().isEmpty()) return NONE;
    var reasons = new TreeSet<String>();
    var parts = new ArrayList<String>();
    if (page.refused() > 0) {
      reasons.add("series");
      parts.add(page.refused() + " of series that are refused: " + page.refusedBecause());
    }
    List<Receipt.Reason> each = receipt.refused().keySet().stream().sorted().toList();
    for (Receipt.Reason reason : each) {
      reasons.add(reason.label());
      parts.add(receipt.refused(reason) + " " + reason.label() + " (" + reason.words() + ")");
    }
    return new Loss(
        reasons,
        "not all of the page is stored: " + parts.stream().collect(Collectors.joining("; ")),
        page.refused() > 0
            ? "lower what the target tells, or raise the limit that is named"
            : "see whether another target tells the same series, and its clock");
  }

  /** Of a page that the store could not take at all. */
  static Loss of(Refusal reason) {
    String[] said = String.valueOf(reason.getMessage()).split("; ", 2);
    return new Loss(
        Set.of("store"),
        "nothing of the page is stored: " + said[0],
        "the target is well; " + (said.length > 1 ? said[1] : "see to Oriel's data folder"));
  }

  boolean isNone() {
    return reasons.isEmpty();
  }
}
