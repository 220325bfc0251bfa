package io.github.wheelmirror.tree;

import static io.github.wheelmirror.tree.DamageRow.COMPILED;
import static io.github.wheelmirror.tree.DamageRow.PURE;
import static io.github.wheelmirror.tree.DamageRow.of;

import io.github.wheelmirror.tree.ForgedWheel.Kind;
import java.util.List;
import java.util.Set;

/** Wheels whose compiled files are not what their names promise, or what their targets can run. */
final class NativeDamage {

  private static final Set<Kind> ABI3 = Set.of(Kind.ABI3);
  private static final Set<Kind> EXTENSION = Set.of(Kind.EXTENSION);

  private NativeDamage() {}

  static List<DamageRow> rows() {
    return List.of(
        of(
            "none-any with a module",
            PURE,
            w -> w.put(module(w, "311-x86_64"), ForgedWheel.elf("GLIBC_2.17")).record(),
            "error compiled-in-pure"),
        of(
            "none-any with a helper that is compiled",
            PURE,
            w -> w.put(w.name + "/libhelp.so", ForgedWheel.elf("GLIBC_2.17")).record(),
            "own compiled-in-pure"),
        DamageRow.differing(
            "none-any with modules of several Pythons for another processor",
            PURE,
            w ->
                w.put(module(w, "311-aarch64"), elf(TestElf.AARCH64))
                    .put(module(w, "312-aarch64"), elf(TestElf.AARCH64))
                    .record(),
            List.of("error wheel-machine", "info wheel-compiled-in-pure"),
            List.of("error wheel-compiled-in-pure")),
        of(
            "all modules for another processor",
            COMPILED,
            w -> w.put(w.extension(), elf(TestElf.AARCH64)).record(),
            "error compiled-for-other-machine"),
        of(
            "one module more, for another processor",
            EXTENSION,
            w -> w.put(module(w, "311-aarch64"), elf(TestElf.AARCH64)).record(),
            "own compiled-for-other-machine"),
        of(
            "module for another Python",
            EXTENSION,
            w -> w.rename(w.extension(), w.extension().replace("311", "312")).record(),
            "error compiled-for-other-python"),
        of(
            "one module more, for another Python",
            EXTENSION,
            w -> w.put(module(w, "312-x86_64"), ForgedWheel.elf("GLIBC_2.5")).record(),
            "untidy compiled-for-other-python"),
        of(
            "abi3 with a module of one Python",
            ABI3,
            w -> w.rename(w.extension(), w.extension().replace("abi3", "cpython-311")).record(),
            "error compiled-for-other-python"),
        of(
            "abi3 with one module more, of one Python",
            ABI3,
            w -> w.put(module(w, "311-x86_64"), ForgedWheel.elf("GLIBC_2.5")).record(),
            "own compiled-for-other-python"),
        of(
            "abi3 that needs the library of one Python",
            ABI3,
            w ->
                w.put(
                        w.extension(),
                        TestElf.of(TestElf.X86_64)
                            .needs("libpython3.11.so.1.0")
                            .needs("libc.so.6", "GLIBC_2.17")
                            .bytes())
                    .record(),
            "own compiled-for-other-python"),
        of(
            "newer glibc than the file name promises",
            COMPILED,
            w -> w.put(w.extension(), ForgedWheel.elf("GLIBC_2.2.5", "GLIBC_2.34")).record(),
            "own glibc-promised"),
        of(
            "newer C++ library than the file name promises",
            EXTENSION,
            w ->
                w.put(
                        w.extension(),
                        TestElf.of(TestElf.X86_64)
                            .needs("libstdc++.so.6", "GLIBCXX_3.4.29")
                            .needs("libc.so.6", "GLIBC_2.17")
                            .bytes())
                    .record(),
            "own glibc-promised"),
        DamageRow.differing(
            "newer glibc than the target has",
            COMPILED,
            w -> w.put(w.extension(), ForgedWheel.elf("GLIBC_2.17", "GLIBC_2.41")).record(),
            List.of("error wheel-glibc", "info wheel-glibc-promised"),
            List.of("error wheel-glibc-promised")),
        of(
            "newer glibc than the target has, and linux_x86_64 promises nothing",
            EXTENSION,
            w -> {
              w.filename = w.filename.replace("manylinux_2_17", "linux");
              w.edit(w.info("WHEEL"), "manylinux_2_17", "linux")
                  .put(w.extension(), ForgedWheel.elf("GLIBC_2.99"))
                  .record();
            },
            "error glibc"),
        of(
            "relocations that old glibc cannot do",
            EXTENSION,
            w -> w.put(w.extension(), ForgedWheel.elf("GLIBC_2.17", "GLIBC_ABI_DT_RELR")).record(),
            "own glibc-promised"),
        of(
            "manylinux that was linked with musl",
            COMPILED,
            w ->
                w.put(
                        w.extension(),
                        TestElf.of(TestElf.X86_64).needs("libc.musl-x86_64.so.1").bytes())
                    .record(),
            "error compiled-for-other-libc"),
        of(
            "compiled by its name, with nothing compiled inside",
            COMPILED,
            w -> w.remove(w.extension()).record(),
            "untidy compiled-missing"),
        of(
            "module that no loader takes",
            COMPILED,
            w -> {
              byte[] broken = w.content(w.extension()).clone();
              // a table of program headers behind the end
              broken[32 + 6] = 0x7f;
              w.put(w.extension(), broken).record();
            },
            "own compiled-unreadable"));
  }

  private static String module(ForgedWheel wheel, String python) {
    return wheel.name + "/_more.cpython-" + python + "-linux-gnu.so";
  }

  private static byte[] elf(int machine) {
    return TestElf.of(machine).needs("libc.so.6", "GLIBC_2.17").bytes();
  }
}
