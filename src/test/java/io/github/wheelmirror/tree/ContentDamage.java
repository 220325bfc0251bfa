package io.github.wheelmirror.tree;

import static io.github.wheelmirror.tree.DamageRow.ALL;
import static io.github.wheelmirror.tree.DamageRow.COMPILED;
import static io.github.wheelmirror.tree.DamageRow.PURE;
import static io.github.wheelmirror.tree.DamageRow.of;

import io.github.wheelmirror.tree.ForgedWheel.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;

/** Wheels whose METADATA, WHEEL, RECORD and other files are not what they must be. */
final class ContentDamage {

  private static final Set<Kind> DATA = Set.of(Kind.DATA);

  private ContentDamage() {}

  static List<DamageRow> table() {
    return List.of(
        of(
            "§4.2 content changed, RECORD not",
            ALL,
            w -> w.put(w.module(), "import evil\n"),
            "error record-hash"),
        of(
            "§4.2 extra file not in RECORD",
            ALL,
            w -> w.put(w.name + "/extra.py", "x"),
            "error record-unlisted"),
        of(
            "§4.2 RECORD line, file missing",
            ALL,
            w -> w.remove(w.module()),
            "error record-missing-file"),
        of(
            "§4.2 RECORD without hashes",
            Set.of(Kind.PURE),
            w -> w.record("", content -> content),
            "untidy record-weak-hash"),
        of(
            "§4.2 RECORD with md5",
            Set.of(Kind.PURE),
            w -> w.record("md5=", ContentDamage::md5),
            "untidy record-weak-hash"),
        of(
            "§4.2 wrong size in RECORD",
            ALL,
            w -> w.edit(w.info("RECORD"), "," + w.content(w.module()).length + "\n", ",7\n"),
            "untidy record-size"),
        of("§4.2 no RECORD", ALL, w -> w.remove(w.info("RECORD")), "error missing-file"),
        of(
            "§4.2 dist-info version is not the file name's",
            Set.of(Kind.PURE, Kind.EXTENSION, Kind.ABI3),
            w -> w.filename = w.filename.replace("-" + w.version + "-", "-7.7-"),
            "error dist-info",
            "error metadata-name"),
        of(
            "§4.2 METADATA name is not the file name's",
            ALL,
            w -> w.edit(w.info("METADATA"), "Name: " + w.name, "Name: other"),
            "error metadata-name",
            "error record-hash"),
        of(
            "§4.2 Wheel-Version 2.0",
            ALL,
            w -> w.edit(w.info("WHEEL"), "Wheel-Version: 1.0", "Wheel-Version: 2.0").record(),
            "error file"),
        of(
            "§4.2 Tag lines are not the file name's",
            PURE,
            w -> w.edit(w.info("WHEEL"), "Tag: py3-none-any", "Tag: py2-none-any").record(),
            "error tags"));
  }

  static List<DamageRow> more() {
    return List.of(
        of(
            "file name that is no wheel's",
            ALL,
            w -> w.filename = w.name + "-" + w.version + ".whl",
            "error file-name"),
        of(
            "name that is not in its normal form",
            ALL,
            w -> w.filename = w.filename.replaceFirst("^pkg", "Pkg"),
            "info file-name-spelling"),
        of(
            "second .dist-info",
            ALL,
            w -> w.put("other-1.0.dist-info/METADATA", "x").record(),
            "error dist-info"),
        of(
            "RECORD with an absolute path",
            ALL,
            w -> w.edit(w.info("RECORD"), w.module(), "/" + w.module()),
            "error record-invalid"),
        of(
            "RECORD that leads out of the wheel",
            ALL,
            w -> w.edit(w.info("RECORD"), w.module(), "../" + w.module()),
            "error record-invalid"),
        of(
            "RECORD that is no CSV",
            ALL,
            w -> w.edit(w.info("RECORD"), w.module() + ",", w.module() + ",,,,"),
            "error record-invalid"),
        of(
            "RECORD with a line twice",
            ALL,
            w ->
                w.edit(
                    w.info("RECORD"),
                    w.info("RECORD") + ",,\n",
                    (w.info("RECORD") + ",,\n").repeat(2)),
            "untidy record-spelling"),
        of(
            "RECORD with a size and no hash, and the size is wrong",
            Set.of(Kind.PURE),
            w ->
                w.record("", content -> content)
                    .edit(w.info("RECORD"), w.module() + ",,", w.module() + ",,9"),
            "error record-wrong-size",
            "untidy record-weak-hash"),
        of(
            "RECORD without a size",
            ALL,
            w -> w.edit(w.info("RECORD"), "," + w.content(w.module()).length + "\n", ",\n"),
            "untidy record-size"),
        of(
            "METADATA of another version",
            ALL,
            w -> w.edit(w.info("METADATA"), "Version: " + w.version, "Version: 77").record(),
            "error metadata-name"),
        of(
            "METADATA of the same version, spelled so that === differs",
            ALL,
            w ->
                w.edit(
                        w.info("METADATA"),
                        "Version: " + w.version,
                        "Version: " + w.version.replaceFirst("^[0-9]+(\\.[0-9]+)*", "$0.0"))
                    .record(),
            "warning pin-version"),
        of(
            "pin of another version",
            ALL,
            w -> w.listedVersion = "77",
            "error !manifest-file",
            "warning pin-version"),
        of("no METADATA", ALL, w -> w.remove(w.info("METADATA")).record(), "error missing-file"),
        of(
            "METADATA without a name",
            ALL,
            w -> w.edit(w.info("METADATA"), "Name: " + w.name + "\n", "").record(),
            "error metadata"),
        of(
            "METADATA of a newer version",
            ALL,
            w ->
                w.edit(w.info("METADATA"), "Metadata-Version: 2.1", "Metadata-Version: 2.99")
                    .record(),
            "untidy metadata-version"),
        of(
            "Requires-Dist that cannot be read",
            ALL,
            w -> w.edit(w.info("METADATA"), "six>=1.", "six (>=1.*.").record(),
            "error requires-dist"),
        of(
            "Requires-Python that cannot be read",
            ALL,
            w -> {
              w.edit(w.info("METADATA"), "Python: >=3.8", "Python: >=3.x").record();
              w.listedRequiresPython = ">=3.x";
            },
            "warning requires-python"),
        of(
            "Requires-Python that the page does not say",
            ALL,
            w -> w.edit(w.info("METADATA"), "Python: >=3.8", "Python: >=3.14").record(),
            "error requires-python-page"),
        of(
            "metadata file that is not the METADATA",
            ALL,
            w -> w.metadataFile = "Metadata-Version: 2.1\n".getBytes(StandardCharsets.UTF_8),
            "error !metadata-file"),
        of("no WHEEL", ALL, w -> w.remove(w.info("WHEEL")).record(), "error missing-file"),
        of(
            "WHEEL without tags",
            PURE,
            w -> w.edit(w.info("WHEEL"), "Tag: py3-none-any\n", "").record(),
            "untidy tags"),
        of(
            "WHEEL with a build tag that the file name has not",
            ALL,
            w -> w.put(w.info("WHEEL"), text(w, "WHEEL") + "Build: 3\n").record(),
            "untidy build-tag"),
        of(
            "Root-Is-Purelib of a compiled wheel",
            COMPILED,
            w -> w.edit(w.info("WHEEL"), "Purelib: false", "Purelib: true").record(),
            "untidy purelib"),
        of(
            "Root-Is-Purelib: false of a pure wheel",
            PURE,
            w -> w.edit(w.info("WHEEL"), "Purelib: true", "Purelib: false").record(),
            "untidy purelib"),
        of(
            "script that names no function",
            DATA,
            w -> w.edit(w.info("entry_points.txt"), ":main", "").record(),
            "error entry-points"),
        of(
            "entry point with very many spaces",
            DATA,
            w ->
                w.edit(w.info("entry_points.txt"), ":main", ":main" + " ".repeat(1 << 20) + "!")
                    .record(),
            "untidy entry-points"),
        of(
            "entry point in no section",
            DATA,
            w -> w.edit(w.info("entry_points.txt"), "[console_scripts]\n", "").record(),
            "untidy entry-points"),
        of(
            "script that would be written elsewhere",
            DATA,
            w -> w.edit(w.info("entry_points.txt"), w.name + "-cli", "../../etc/x").record(),
            "error script-name"),
        of(
            "License-File that is missing",
            DATA,
            w -> w.remove(w.info("licenses/LICENSE")).record(),
            "untidy license-file"),
        of(
            "file that only installers write",
            ALL,
            w -> w.put(w.info("direct_url.json"), "{}").record(),
            "untidy installed-file"),
        of(
            "data in a scheme that there is not",
            DATA,
            w -> w.put(w.name + "-" + w.version + ".data/boot/x", "x").record(),
            "error data-scheme"),
        of(
            "data folder of another project",
            ALL,
            w -> w.put("other-1.0.data/data/x", "x").record(),
            "warning data-folder"));
  }

  private static String text(ForgedWheel wheel, String file) {
    return new String(wheel.content(wheel.info(file)), StandardCharsets.UTF_8);
  }

  private static byte[] md5(byte[] content) {
    try {
      return MessageDigest.getInstance("MD5").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
