package io.github.wheelmirror.constraints;

import java.util.List;

/** A pin and who wants it. */
public record WantedPin(Pin pin, List<Want> wants) {}
