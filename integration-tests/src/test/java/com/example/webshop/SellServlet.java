package com.example.webshop;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Sells one piece to the tenant that the request names; answers with all that were sold. */
public final class SellServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  /** For the container. */
  public SellServlet() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    List<?> pools = (List<?>) getServletContext().getAttribute(Pools.ATTRIBUTE);
    int tenant = Integer.parseInt(request.getParameter("tenant"));
    try (Connection connection = ((HikariDataSource) pools.get(tenant)).getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement sell =
              connection.prepareStatement("UPDATE sold SET pieces = pieces + 1");
          PreparedStatement all = connection.prepareStatement("SELECT pieces FROM sold")) {
        sell.executeUpdate();
        try (ResultSet result = all.executeQuery()) {
          result.next();
          response.getWriter().print(result.getInt(1));
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }
}
