package io.tenantpool.it.login;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;

/**
 * An application that connects some times with a password, then with a wrong one, then with one
 * that was changed meanwhile, and counts how often a key is derived from a password in this JVM.
 * Knows nothing of the agent. Arguments: the URL, the user.
 */
public final class ScramLoginProgram {

  private static final String DERIVATION = "PBKDF2WithHmacSHA256";
  private static final int AT_ONCE = 3;

  private static final AtomicInteger DERIVED = new AtomicInteger();

  private ScramLoginProgram() {}

  public static void main(String[] arguments) throws Exception {
    Security.insertProviderAt(new Counting(), 1);
    String url = arguments[0];
    String user = arguments[1];
    connect(url, user, "secret", AT_ONCE);
    System.out.println("derived " + DERIVED.getAndSet(0));
    try {
      connect(url, user, "wrong", 1);
      System.out.println("connected");
    } catch (SQLException e) {
      System.out.println("refused " + e.getSQLState());
    }
    System.out.println("derived for it " + DERIVED.getAndSet(0));
    try (Connection connection = DriverManager.getConnection(url, user, "secret");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER USER " + user + " PASSWORD 'changed'");
    }
    DERIVED.set(0);
    connect(url, user, "changed", AT_ONCE);
    System.out.println("derived then " + DERIVED.get());
  }

  /** So many connections, all open at the same time. */
  private static void connect(String url, String user, String password, int more)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT current_user")) {
      result.next();
      if (!result.getString(1).equals(user)) {
        throw new IllegalStateException(result.getString(1));
      }
      if (more > 1) {
        connect(url, user, password, more - 1);
      }
    }
  }

  /** Stands before the JVM's own, and asks it. */
  private static final class Counting extends Provider {

    private static final long serialVersionUID = 1;

    Counting() {
      super("Counting", "1", "counts derivations");
      putService(
          new Service(
              this, "SecretKeyFactory", DERIVATION, Derivation.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
              return new Derivation();
            }
          });
    }
  }

  /** The JVM's own, counted. */
  private static final class Derivation extends SecretKeyFactorySpi {

    private static SecretKeyFactory own() {
      try {
        return SecretKeyFactory.getInstance(DERIVATION, "SunJCE");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected SecretKey engineGenerateSecret(KeySpec password) throws InvalidKeySpecException {
      DERIVED.incrementAndGet();
      return own().generateSecret(password);
    }

    @Override
    protected KeySpec engineGetKeySpec(SecretKey key, Class<?> wanted)
        throws InvalidKeySpecException {
      return own().getKeySpec(key, wanted);
    }

    @Override
    protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
      return own().translateKey(key);
    }
  }
}
