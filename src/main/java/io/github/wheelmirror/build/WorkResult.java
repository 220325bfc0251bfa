package io.github.wheelmirror.build;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/** How a download, or a build for one target, ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WorkResult.Done.class, name = "done"),
  @JsonSubTypes.Type(value = WorkResult.Failed.class, name = "failed")
})
public sealed interface WorkResult {

  /** The wheel lies in the wheelhouse. */
  record Done(WheelFile file) implements WorkResult {
    public Done {
      Objects.requireNonNull(file);
    }
  }

  /**
   * There is no wheel.
   *
   * @param log path of the whole log relative to the workspace, {@code ""} for none
   */
  record Failed(Diagnosis diagnosis, String log) implements WorkResult {
    public Failed {
      Objects.requireNonNull(diagnosis);
      Objects.requireNonNull(log);
    }

    Outcome outcome() {
      return new Outcome.Failed(
          diagnosis.failureClass(), diagnosis.symptom(), diagnosis.why(), diagnosis.fix(), log);
    }
  }
}
