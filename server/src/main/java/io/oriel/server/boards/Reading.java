package io.oriel.server.boards;

/** What came of reading a file: what it says, or why it can't be a board. */
sealed interface Reading permits BoardFacts, Unreadable {}
