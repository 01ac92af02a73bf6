package io.tenantpool.cli;

import io.tenantpool.config.ConfigKey;
import io.tenantpool.config.EncryptedValue;
import io.tenantpool.config.SettingKey;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Encrypts a value for the config file; looks at no JVM. */
@Command(
    name = "encrypt",
    description = {
      "Encrypts a value for the config file, and prints the line to put there.",
      "The value is read from standard input, where nobody sees it, and belongs to that setting.",
      "The key is read from FILE, or from the environment variable TENANTPOOL_CONFIG_KEY."
    })
final class EncryptCommand implements Callable<Integer> {

  private final Surroundings surroundings;
  private final Map<String, String> environment;

  @Parameters(
      paramLabel = "SETTING",
      description = "The setting that the value is for, such as tenantpool.http-token.")
  String setting = "";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "The file with the key, which tenantpool.config-key-file names.")
  @Nullable Path keyFile;

  @Option(
      names = "--new-key",
      description = "Makes that file first, with a new key, for your eyes only.")
  boolean newKey;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  boolean help;

  @Spec CommandSpec spec = CommandSpec.create();

  EncryptCommand(Surroundings surroundings, Map<String, String> environment) {
    this.surroundings = surroundings;
    this.environment = environment;
  }

  @Override
  public Integer call() throws Refusal {
    SettingKey key =
        Set.of(SettingKey.values()).stream()
            .filter(each -> setting.equals(each.property()) || setting.equals(each.argument()))
            .findAny()
            .orElseThrow(() -> wrong("there is no setting '" + setting + "'"));
    Path file = keyFile;
    if (newKey && file == null) {
      throw wrong("--new-key needs --key-file");
    }
    ConfigKey with = newKey && file != null ? made(file) : key();
    String line = key.property() + "=" + EncryptedValue.of(key, value(key), with);
    surroundings.print(line);
    return ExitCode.OK.code();
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  /** In a file that nobody else may read, from its first byte on. */
  private static ConfigKey made(Path file) throws Refusal {
    FileAttribute<?>[] ownOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    ConfigKey key = ConfigKey.random();
    try {
      Files.createFile(file, ownOnly);
      Files.writeString(file, key.text() + "\n", StandardOpenOption.WRITE);
      return key;
    } catch (FileAlreadyExistsException e) {
      throw new Refusal(
          ExitCode.USAGE,
          "there is a file " + file + " already; without --new-key its key is used");
    } catch (IOException e) {
      throw new Refusal(ExitCode.USAGE, "the file " + file + " cannot be written: " + e);
    }
  }

  private ConfigKey key() throws Refusal {
    Path file = keyFile;
    String text = environment.get(SettingKey.CONFIG_KEY.environment());
    try {
      if (file != null) {
        text = Files.readString(file);
      }
      if (text == null) {
        throw wrong(
            "there is no key: give --key-file (with --new-key for the first time), or set "
                + SettingKey.CONFIG_KEY.environment());
      }
      return ConfigKey.parse(text.strip());
    } catch (IOException e) {
      throw new Refusal(ExitCode.USAGE, "the file " + file + " cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, "the key " + e.getMessage());
    }
  }

  /** One line; from a terminal without an echo. */
  private String value(SettingKey key) throws Refusal {
    Console console = System.console();
    String value;
    try {
      if (console != null && surroundings.in() == System.in) {
        char[] typed = console.readPassword("%s: ", key.property());
        value = typed == null ? null : new String(typed);
      } else {
        value =
            new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8))
                .readLine();
      }
    } catch (IOException e) {
      throw new Refusal(ExitCode.FAILED, "standard input cannot be read: " + e);
    }
    if (value == null || value.isBlank()) {
      throw new Refusal(ExitCode.USAGE, "there is no value on standard input");
    }
    try {
      key.type().parse(value.strip());
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, "the value " + e.getMessage());
    }
    return value.strip();
  }
}
