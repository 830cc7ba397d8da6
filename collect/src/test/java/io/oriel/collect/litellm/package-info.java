@NullMarked
package io.oriel.collect.litellm;

import org.jspecify.annotations.NullMarked;
