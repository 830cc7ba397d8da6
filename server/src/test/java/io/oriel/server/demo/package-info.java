@NullMarked
package io.oriel.server.demo;

import org.jspecify.annotations.NullMarked;
