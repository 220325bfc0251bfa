/** What every layer may use: the house error, secrets, digests and the one JSON mapper. */
@NullMarked
package io.github.wheelmirror;

import org.jspecify.annotations.NullMarked;
