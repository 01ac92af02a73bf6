package io.tenantpool.soak;

import io.tenantpool.it.support.FaultProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;

/** What befalls the application. What it does to the network ends when all is well again. */
enum Disturbance {
  SESSIONS_TERMINATED("#b22") {
    @Override
    void happen(Stage stage, Random random) throws SQLException {
      try (Connection admin = stage.server().admin();
          Statement statement = admin.createStatement()) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
                + stage.user()
                + "' ORDER BY random() LIMIT "
                + (1 + random.nextInt(Stage.CAP)));
      }
    }
  },
  CONNECTIONS_CUT("#d55") {
    @Override
    void happen(Stage stage, Random random) {
      stage.proxy().whenConnectionsAreCut();
    }
  },
  SILENCE("#44c") {
    @Override
    void happen(Stage stage, Random random) {
      stage.proxy().whenTheNetworkSwallowsEverything();
    }
  },
  SILENT_LOGINS("#88c") {
    @Override
    void happen(Stage stage, Random random) {
      stage.proxy().whenItIsSilentInTheMiddleOfALogin();
    }
  },
  ONE_TENANT_IS_SILENT("#aac") {
    @Override
    void happen(Stage stage, Random random) {
      FaultProxy proxy = stage.proxy();
      proxy.whenItAcceptsAndIsSilent(stage.databases().get(random.nextInt(Stage.TENANTS)));
    }
  },
  SERVER_AWAY("#c80") {
    @Override
    void happen(Stage stage, Random random) {
      stage.proxy().whenTheServerIsAway();
    }
  },
  SERVER_RESTARTED("#840") {
    @Override
    void happen(Stage stage, Random random) throws Exception {
      stage.server().stop();
      stage.server().startAgain();
    }
  },
  SERVER_FULL("#aa2") {
    @Override
    void happen(Stage stage, Random random) {
      stage.proxy().whenTheServerIsFull();
    }
  },
  ANSWERS_CUT("#e8a") {
    @Override
    void happen(Stage stage, Random random) {
      stage.proxy().whenItsAnswersAreCut();
    }
  },
  ANSWERS_LATE("#6aa") {
    @Override
    void happen(Stage stage, Random random) {
      stage.proxy().whenItAnswersLate(Duration.ofMillis(20 + random.nextInt(100)));
    }
  },
  CAP_CHANGED("#282") {
    @Override
    void happen(Stage stage, Random random) throws Exception {
      stage.changeCap(Stage.CAP / 2 + random.nextInt(Stage.CAP));
    }
  },
  MODE_SWITCHED("#6b6") {
    @Override
    void happen(Stage stage, Random random) throws Exception {
      stage.leavePoolingFor(Duration.ofMillis(500));
    }
  },
  TENANTS_EVICTED("#999") {
    @Override
    void happen(Stage stage, Random random) throws Exception {
      for (int i = 0; i < 5; i++) {
        stage.agent().callTenant(random.nextInt(1000), "evictIdle");
      }
    }
  },
  CANCEL_STORM("#555") {
    @Override
    void happen(Stage stage, Random random) {
      stage.application().send("cancel");
    }
  };

  private final String colour;

  Disturbance(String colour) {
    this.colour = colour;
  }

  /** As SVG has it. */
  String colour() {
    return colour;
  }

  abstract void happen(Stage stage, Random random) throws Exception;
}
