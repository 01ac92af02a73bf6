package io.tenantpool.connection;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether an error says that the role or the database of a session is not there any more, or is
 * another one of the same name: no later user can do anything with that session. The same SQLStates
 * say of any object that it does not exist, so the routine of PostgreSQL's source decides, or a
 * text that PostgreSQL does not translate.
 *
 * <p>Source: {@code miscinit.c}, {@code acl.c}, {@code aclchk.c}, {@code pg_shdepend.c}.
 */
final class LostIdentity {

  private static final String UNDEFINED_OBJECT = "42704";
  private static final String UNDEFINED_DATABASE = "3D000";
  private static final String INTERNAL_ERROR = "XX000";

  /** A role that is asked for by its number comes from a session or from an owner. */
  private static final Set<String> ASK_FOR_A_NUMBER =
      Set.of("GetUserNameFromId", "shdepLockAndCheckObject");

  private static final Pattern NUMBER_OF_A_ROLE_OR_DATABASE =
      Pattern.compile("(role|database)( with)? OID:? \\d+|for (role|database) \\d+");

  private LostIdentity() {}

  static boolean says(SQLException failure) {
    String state = failure.getSQLState();
    if (UNDEFINED_OBJECT.equals(state)) {
      String routine = ServerMessages.routine(failure);
      return routine == null
          ? speaksOfANumber(failure.getMessage())
          : ASK_FOR_A_NUMBER.contains(routine) || speaksOfANumber(failure.getMessage());
    }
    return (UNDEFINED_DATABASE.equals(state) || INTERNAL_ERROR.equals(state))
        && speaksOfANumber(failure.getMessage());
  }

  private static boolean speaksOfANumber(@Nullable String message) {
    return message != null && NUMBER_OF_A_ROLE_OR_DATABASE.matcher(message).find();
  }
}
