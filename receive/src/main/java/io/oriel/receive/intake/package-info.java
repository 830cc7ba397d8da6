/**
 * What every way in has in common: values that real systems send for "no value" are not taken for
 * values.
 *
 * <p>In: rows of scrapes, collectors and pushes. Out: the same rows, less those that say nothing,
 * to the sink behind. {@link io.oriel.receive.intake.Intake} is the door; {@code Rules} the table
 * of what is repaired. What is dropped or changed is counted by reason, here and in each receipt:
 * nothing is made up, and nothing goes unseen.
 */
@NullMarked
package io.oriel.receive.intake;

import org.jspecify.annotations.NullMarked;
