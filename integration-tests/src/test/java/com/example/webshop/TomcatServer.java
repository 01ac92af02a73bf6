package com.example.webshop;

import com.example.tenants.Crowd;
import com.example.tenants.Tenants;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat with one web application that is deployed, used and undeployed twice; then awaits the end
 * of the class loaders. Arguments: Tomcat's directory, the application's directory, those of {@link
 * Tenants}.
 */
public final class TomcatServer {

  private static final int THREADS = 8;
  private static final int REQUESTS_PER_TENANT = 25;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final Tomcat tomcat;
  private final Path application;
  private final Tenants tenants;

  private TomcatServer(Tomcat tomcat, Path application, Tenants tenants) {
    this.tomcat = tomcat;
    this.application = application;
    this.tenants = tenants;
  }

  public static void main(String[] arguments) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(arguments[0]);
    tomcat.setPort(0);
    tomcat.setAddDefaultWebXmlToWebapp(false);
    tomcat.getConnector();
    tomcat.start();
    TomcatServer server =
        new TomcatServer(
            tomcat,
            Path.of(arguments[1]),
            Tenants.of(Arrays.copyOfRange(arguments, 2, arguments.length)));
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int deployment = 0; deployment < 2; deployment++) {
      loaders.add(server.deployAndUndeploy());
    }
    for (WeakReference<ClassLoader> loader : loaders) {
      System.out.println("collected " + collected(loader));
    }
    tomcat.stop();
    tomcat.destroy();
  }

  private WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
    Context context = tomcat.addWebapp("/shop", application.toString());
    if (!context.getState().isAvailable()) {
      throw new IllegalStateException("the application did not start");
    }
    ClassLoader loader = context.getLoader().getClassLoader();
    HttpClient client = HttpClient.newHttpClient();
    Crowd.run(
        THREADS, REQUESTS_PER_TENANT * tenants.count(), i -> sell(client, i % tenants.count()));
    for (int tenant = 0; tenant < tenants.count(); tenant++) {
      System.out.println(tenants.name(tenant) + " sold " + sell(client, tenant));
    }
    tomcat.getHost().removeChild(context);
    return new WeakReference<>(loader);
  }

  private int sell(HttpClient client, int tenant) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://localhost:"
                + tomcat.getConnector().getLocalPort()
                + "/shop/sell?tenant="
                + tenant);
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + ": " + response.body());
    }
    return Integer.parseInt(response.body());
  }

  private static boolean collected(WeakReference<ClassLoader> loader) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (loader.get() != null && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(100);
    }
    return loader.get() == null;
  }
}
