package io.github.wheelmirror.mojo;

import io.github.wheelmirror.MirrorException;
import io.github.wheelmirror.WrongSettings;
import io.github.wheelmirror.mirror.ExplainRequest;
import io.github.wheelmirror.mirror.NamedPlace;
import io.github.wheelmirror.python.InvalidRequirementException;
import io.github.wheelmirror.python.Requirement;
import io.github.wheelmirror.selection.SelectionOptions;
import io.github.wheelmirror.selection.Tool;
import io.github.wheelmirror.selection.UploadLimit;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what {@code explain} is given into the request of its use case. */
final class ExplainRequests {

  private final ExplainMojo mojo;
  private final RequestPaths paths;

  ExplainRequests(ExplainMojo mojo) {
    this.mojo = mojo;
    this.paths = new RequestPaths(mojo);
  }

  /**
   * The request.
   *
   * @throws MirrorException (input) if a parameter is wrong; several are told together
   */
  ExplainRequest request() {
    WrongSettings wrong = new WrongSettings();
    Supplier<Requirement> requirement = wrong.read(this::requirement);
    Supplier<List<Tool>> tools = wrong.read(this::tools);
    Supplier<List<NamedPlace>> places = wrong.read(this::places);
    Supplier<SelectionOptions> options = wrong.read(this::options);
    Supplier<UploadLimit> uploadLimit = wrong.read(this::uploadLimit);
    wrong.refuse();
    return new ExplainRequest(
        requirement.get(),
        Requests.orEmpty(mojo.branch),
        tools.get(),
        places.get(),
        options.get().withUploadedPriorTo(uploadLimit.get()),
        mojo.outsideConstrained,
        mojo.everyFile,
        mojo.file == null || !RequestPaths.isGiven(mojo.file) ? null : paths.absolute(mojo.file));
  }

  private List<Tool> tools() {
    WrongSettings wrong = new WrongSettings();
    List<Tool> tools = wrong.readEach(Requests.given(mojo.tools), Tool::parse);
    wrong.refuse();
    if (tools.isEmpty()) {
      throw MirrorException.input(
          "<tools> names no installer",
          "somebody's rules have to be applied",
          "give pip, uv, or one with its version like pip-26.3");
    }
    return tools.stream().distinct().toList();
  }

  private SelectionOptions options() {
    String given = Requests.orEmpty(mojo.options);
    return SelectionOptions.parse(given.isEmpty() ? List.of() : List.of(given.split("\\s+")));
  }

  private @Nullable UploadLimit uploadLimit() {
    String text = Requests.orEmpty(mojo.uploadedPriorTo);
    return text.isEmpty() ? null : UploadLimit.parse(text, ZoneId.systemDefault());
  }

  private @Nullable Requirement requirement() {
    String text = Requests.orEmpty(mojo.requirement);
    if (text.isEmpty()) {
      return null;
    }
    Requirement requirement;
    try {
      requirement = Requirement.parse(text);
    } catch (InvalidRequirementException e) {
      throw MirrorException.input(
          "<requirement> is '" + text + "'",
          e.reason(),
          "write it as in a requirements file, like numpy or numpy>=2");
    }
    if (!requirement.url().isEmpty()) {
      throw MirrorException.input(
          "<requirement> is '" + text + "'",
          "it names the file by its URL, so that nothing is chosen",
          "leave out the URL");
    }
    return requirement;
  }

  private List<NamedPlace> places() {
    List<NamedPlace> places = new ArrayList<>();
    for (String text : Requests.given(mojo.places)) {
      NamedPlace place = NamedPlace.parse(text);
      places.add(
          place.value().isEmpty()
              ? place
              : new NamedPlace(place.kind(), paths.place(place.value())));
    }
    if (new HashSet<>(places).size() < places.size()) {
      throw MirrorException.input(
          "<places> names one place twice",
          "an installer looks into each once",
          "leave out the second");
    }
    return places;
  }
}
