package io.oriel.dashboards.dsl;

/** A value that is better said in a word: 0 is "down". The colour may be empty. */
public record Mapping(String value, String text, String colour) {}
