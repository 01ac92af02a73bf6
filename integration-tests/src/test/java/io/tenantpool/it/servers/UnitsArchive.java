package io.tenantpool.it.servers;

import com.example.servers.Units;
import io.tenantpool.it.support.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** The web application of {@link Units}, packed. */
final class UnitsArchive {

  private UnitsArchive() {}

  /**
   * Writes it.
   *
   * @param lookup the name of each tenant's data source in the server's directory, without the
   *     tenant's number
   */
  static void write(Path file, String lookup) throws IOException {
    String servlet = Units.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new ZipEntry("WEB-INF/classes/" + servlet));
      jar.write(Files.readAllBytes(ChildJvm.pathOf(Units.class).resolve(servlet)));
      jar.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
      jar.write(descriptor(lookup).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String descriptor(String lookup) {
    StringBuilder references = new StringBuilder();
    for (int tenant = 0; tenant < Tenants.COUNT; tenant++) {
      references.append(reference("shared" + tenant, "Shareable", lookup + tenant));
      references.append(reference("own" + tenant, "Unshareable", lookup + tenant));
    }
    return """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        %s</web-app>
        """
        .formatted(references);
  }

  private static String reference(String name, String sharing, String lookup) {
    return """
          <resource-ref>
            <res-ref-name>jdbc/%s</res-ref-name>
            <res-type>javax.sql.DataSource</res-type>
            <res-auth>Container</res-auth>
            <res-sharing-scope>%s</res-sharing-scope>
            <lookup-name>%s</lookup-name>
          </resource-ref>
        """
        .formatted(name, sharing, lookup);
  }
}
