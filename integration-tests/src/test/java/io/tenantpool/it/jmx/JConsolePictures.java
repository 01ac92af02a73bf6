package io.tenantpool.it.jmx;

import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pictures of {@code docs/monitoring}: a real JConsole, in this JVM so that its window
 * can be worked without looking, beside an application with too few connections. {@code
 * docs/contributing.md} says how to run it.
 */
final class JConsolePictures {

  private static final int WIDTH = 1160;
  private static final int HEIGHT = 660;
  private static final int NAME_WIDTH = 230;

  private final Robot robot;
  private final Path directory;

  private JConsolePictures(Robot robot, Path directory) {
    this.robot = robot;
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    Robot robot = new Robot();
    robot.setAutoDelay(30);
    try (ObservedApplication application =
        ObservedApplication.start(
            ObservedApplication.withAgent()
                .setting("max-connections", 6)
                .setting("leak-detection-threshold", "1s"))) {
      List<String> tenants = ObservedApplication.tenants(4);
      for (String tenant : tenants) {
        application.work(50, tenant);
      }
      for (String holder : List.of("http-1", "http-2", "http-3")) {
        application.open(holder, tenants.get(0));
      }
      for (String holder : List.of("report-1", "report-2", "import-1")) {
        application.open(holder, tenants.get(holder.startsWith("import") ? 2 : 1));
      }
      application.console().awaitBean(ObservedApplication.server());
      JConsolePictures pictures = new JConsolePictures(robot, Path.of(arguments[0]));
      pictures.open(application.child().pid());
      pictures.take(application, tenants);
    }
    System.exit(0);
  }

  private void open(long pid) throws Exception {
    Class<?> console = Class.forName("sun.tools.jconsole.JConsole");
    console
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {Long.toString(pid)});
    // It tries with TLS first, also on the same machine.
    press("Insecure connection");
    JTabbedPane tabs = await(JTabbedPane.class, pane -> pane.indexOfTab("MBeans") >= 0);
    onScreen(
        () -> {
          SwingUtilities.getWindowAncestor(tabs).setBounds(0, 0, WIDTH, HEIGHT);
          tabs.setSelectedIndex(tabs.indexOfTab("MBeans"));
        });
  }

  private void take(ObservedApplication application, List<String> tenants) throws Exception {
    select("io.tenantpool", "PoolManager", "Notifications");
    press("Subscribe");
    for (String waiter : List.of("http-4", "http-5", "import-2")) {
      application.wantOpen(waiter, tenants.get(3));
    }
    select("io.tenantpool", "PoolManager", "Attributes");
    picture("jconsole-pool-manager");
    expand("SettingsInForce");
    picture("jconsole-settings");
    select("io.tenantpool", "Server", null, "Attributes");
    expand("WaitingLineInWords");
    expand("LongestHoldersInWords");
    picture("jconsole-holders");
    select("io.tenantpool", "PoolManager", "Operations", "changeSetting");
    List<JTextField> fields =
        all(JTextField.class, field -> field.isShowing() && field.isEditable());
    onScreen(
        () -> {
          fields.get(0).setText("max-connections");
          fields.get(1).setText("8");
        });
    press("changeSetting");
    Thread.sleep(1500);
    picture("jconsole-change-setting");
    press("OK");
    select("io.tenantpool", "PoolManager", "Notifications");
    Thread.sleep(4000);
    JTable notices = await(JTable.class, t -> t.isShowing() && t.getColumnCount() == 7);
    onScreen(
        () -> {
          int[] widths = {90, 210, 20, 50, 600, 20, 20};
          for (int i = 0; i < widths.length; i++) {
            notices.getColumnModel().getColumn(i).setPreferredWidth(widths[i]);
          }
        });
    Thread.sleep(1000);
    picture("jconsole-notifications");
  }

  /** Selects a node by the labels on its way; null stands for the first one. */
  private static void select(@Nullable String... labels) throws InterruptedException {
    // JConsole makes the nodes of an MBean when that is selected.
    for (int depth = 2; depth <= labels.length; depth++) {
      selectNode(Arrays.copyOf(labels, depth));
    }
    Thread.sleep(1000);
  }

  private static void selectNode(@Nullable String[] labels) throws InterruptedException {
    JTree tree = await(JTree.class, JTree::isShowing);
    TreePath[] found = new TreePath[1];
    long end = System.nanoTime() + 20_000_000_000L;
    while (found[0] == null && System.nanoTime() < end) {
      Thread.sleep(200);
      onScreen(
          () -> {
            DefaultMutableTreeNode root = (DefaultMutableTreeNode) tree.getModel().getRoot();
            found[0] = find(tree, root, labels, 0);
          });
    }
    TreePath path = found[0];
    if (path == null) {
      throw new IllegalStateException("no node " + String.join("/", labels));
    }
    onScreen(
        () -> {
          tree.setSelectionPath(path);
          tree.expandPath(path);
          tree.scrollPathToVisible(path);
        });
    Thread.sleep(500);
  }

  private static @Nullable TreePath find(
      JTree tree, DefaultMutableTreeNode at, @Nullable String[] labels, int depth) {
    if (depth == labels.length) {
      return new TreePath(at.getPath());
    }
    tree.expandPath(new TreePath(at.getPath()));
    for (Enumeration<?> children = at.children(); children.hasMoreElements(); ) {
      DefaultMutableTreeNode child = (DefaultMutableTreeNode) children.nextElement();
      if (labels[depth] == null || labels[depth].equals(label(child))) {
        return find(tree, child, labels, depth + 1);
      }
    }
    return null;
  }

  /** Without the number of notifications that have come, and without its bold type. */
  private static String label(DefaultMutableTreeNode node) {
    return node.toString().replaceAll("<[^>]*>|\\[\\d+]", "");
  }

  /** Opens the value of an attribute, as a double click does. */
  private void expand(String attribute) throws Exception {
    JTable table = await(JTable.class, t -> t.isShowing() && row(t, attribute) >= 0);
    Point[] at = new Point[1];
    onScreen(
        () -> {
          table.getColumnModel().getColumn(0).setPreferredWidth(NAME_WIDTH);
          table.getColumnModel().getColumn(1).setPreferredWidth(WIDTH - NAME_WIDTH);
        });
    Thread.sleep(500);
    onScreen(
        () -> {
          Rectangle cell = table.getCellRect(row(table, attribute), 1, true);
          table.scrollRectToVisible(cell);
          Point middle = new Point(cell.x + cell.width / 2, cell.y + cell.height / 2);
          SwingUtilities.convertPointToScreen(middle, table);
          at[0] = middle;
        });
    robot.mouseMove(at[0].x, at[0].y);
    for (int i = 0; i < 2; i++) {
      robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
      robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    }
    Thread.sleep(1000);
    onScreen(() -> table.scrollRectToVisible(table.getCellRect(row(table, attribute), 1, true)));
    Thread.sleep(700);
  }

  private static int row(JTable table, String attribute) {
    for (int i = 0; i < table.getRowCount(); i++) {
      if (attribute.equals(String.valueOf(table.getValueAt(i, 0)))) {
        return i;
      }
    }
    return -1;
  }

  private void press(String text) throws Exception {
    JButton button = await(JButton.class, b -> b.isShowing() && text.equals(b.getText()));
    SwingUtilities.invokeLater(button::doClick);
    Thread.sleep(1000);
  }

  private void picture(String name) throws Exception {
    File file = directory.resolve(name + ".png").toFile();
    ImageIO.write(robot.createScreenCapture(new Rectangle(0, 0, WIDTH, HEIGHT)), "png", file);
    System.out.println(file);
  }

  private static <T extends Component> T await(Class<T> type, Predicate<T> right)
      throws InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (System.nanoTime() < end) {
      List<T> found = all(type, right);
      if (!found.isEmpty()) {
        return found.get(0);
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("JConsole shows no such " + type.getSimpleName());
  }

  private static <T extends Component> List<T> all(Class<T> type, Predicate<T> right) {
    List<T> found = new ArrayList<>();
    onScreen(
        () -> {
          for (Window window : Window.getWindows()) {
            collect(window, type, right, found);
          }
        });
    return found;
  }

  private static <T extends Component> void collect(
      Container in, Class<T> type, Predicate<T> right, List<T> found) {
    for (Component child : in.getComponents()) {
      if (type.isInstance(child) && right.test(type.cast(child))) {
        found.add(type.cast(child));
      }
      if (child instanceof Container container) {
        collect(container, type, right, found);
      }
    }
  }

  private static void onScreen(Runnable work) {
    try {
      SwingUtilities.invokeAndWait(work);
    } catch (InterruptedException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
