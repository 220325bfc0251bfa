package io.github.wheelmirror.selection;

import java.util.List;

/**
 * What pip makes of upload times under {@code --uploaded-prior-to}: a file that is too new is
 * passed over, one without a time ends it, unless it is local. pip looks at the time of a wheel
 * that it could install, and of any source archive, be it another project's.
 */
record PipUploads(PipSelector pip, SelectionOptions options, Formats formats, Findings findings) {

  /** Finds the files that are too new; returns why pip stops, else nothing. */
  String filter(List<NamedFile> files) {
    UploadLimit limit = options.uploadedPriorTo();
    if (limit == null) {
      return "";
    }
    String failure = "";
    for (NamedFile named : files) {
      ListedFile file = named.file();
      if (file.local() || !isLookedAt(named)) {
        continue;
      }
      if (file.uploaded() == null) {
        findings.add(named, Reason.UPLOAD_TIME_UNKNOWN);
        failure = named.place().name() + " does not tell when " + file.filename() + " was uploaded";
      } else if (!file.uploaded().isBefore(limit.instant())) {
        findings.add(named, Reason.UPLOADED_TOO_LATE, file.uploaded().toString());
      }
    }
    return failure;
  }

  private boolean isLookedAt(NamedFile named) {
    if (named.name() instanceof FileName.Wheel wheel) {
      return formats.wheels() && pip.tags().priority(wheel.tags()).isPresent();
    }
    return !(named.name() instanceof FileName.Refused refused)
        || !named.file().filename().endsWith(".whl")
            && refused.reason() != Reason.UNSUPPORTED_ARCHIVE;
  }
}
