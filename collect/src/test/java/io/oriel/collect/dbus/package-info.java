@NullMarked
package io.oriel.collect.dbus;

import org.jspecify.annotations.NullMarked;
