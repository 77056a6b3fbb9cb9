package dev.logshipper.messages;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Finds the messages that the sources print, with `…` for the parts that differ from one time to
/// the next: the arguments of diagnostics and the problems of settings in Java, and the lines of
/// the launcher in C.
final class MessageSource {
  private static final String VARIABLE = "…";

  private static final Pattern PRINTED =
      Pattern.compile("print_line\\(([^;]*(?:\"[^\"]*\"[^;]*)*?),\\s*NULL\\);");
  private static final Pattern ARGUMENT =
      Pattern.compile("[A-Za-z_][^,\"]*(?:\"[^\"]*\"[^,\"]*)+|\"([^\"]*)\"|[A-Za-z_][^,\"]*");

  private final TreeSet<String> messages = new TreeSet<>();

  private MessageSource() {}

  /// @param root of the repository
  static List<String> messagesIn(Path root) throws IOException {
    MessageSource source = new MessageSource();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.sorted().toList()) {
        Path sources = module.resolve("src/main/java");
        if (Files.isDirectory(sources) && isPartOfTheLayer(module.getFileName().toString())) {
          source.readJava(sources);
        }
      }
    }
    source.readLauncher(root.resolve("extension-bundle/src/main/c"));
    return List.copyOf(source.messages);
  }

  private static boolean isPartOfTheLayer(String module) {
    boolean isSink = module.startsWith("sink-") && !module.equals("sink-testkit");
    return isSink
        || module.equals("core")
        || module.startsWith("client-")
        || module.startsWith("format-");
  }

  private void readJava(Path sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        boolean _ = new Calls(unit.getSourceFile().getName()).scan(unit, null) == null;
      }
    }
  }

  private final class Calls extends TreeScanner<Void, Void> {
    private final boolean hasLines;

    Calls(String file) {
      this.hasLines = file.endsWith("Contradictions.java");
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
      String method = call.getMethodSelect().toString();
      List<? extends ExpressionTree> arguments = call.getArguments();
      String name = method.substring(method.lastIndexOf('.') + 1);
      boolean isDiagnostics = method.contains("iagnostics") && arguments.size() == 1;
      if (hasLines && method.equals("lines.add")) {
        add(textsOf(arguments.getFirst()));
      } else if (isDiagnostics && (name.equals("warn") || name.equals("info"))) {
        add(textsOf(arguments.getFirst()));
      } else if (method.endsWith("problems.add") || method.endsWith("failures.add")) {
        add(textsOf(arguments.getFirst()));
      } else if ((method.equals("warn") || method.equals("report")) && arguments.size() == 3) {
        addFailure(arguments);
      } else if (method.equals("fail") && arguments.size() == 2) {
        for (String reason : textsOf(arguments.getLast())) {
          add(List.of(VARIABLE + " (mode " + VARIABLE + ") left out: " + reason));
        }
      }
      return super.visitMethodInvocation(call, null);
    }

    @Override
    public Void visitNewClass(NewClassTree created, Void unused) {
      if (created.getIdentifier().toString().equals("Problem")) {
        List<? extends ExpressionTree> arguments = created.getArguments();
        for (String cause : textsOf(arguments.get(1))) {
          for (String effect : textsOf(arguments.get(2))) {
            add(List.of((cause + effect).replace(VARIABLE + VARIABLE, VARIABLE)));
          }
        }
      }
      return super.visitNewClass(created, null);
    }
  }

  /// A failure, its reason and its effect, as lanes print them.
  private void addFailure(List<? extends ExpressionTree> parts) {
    for (String failure : textsOf(parts.get(0))) {
      for (String effect : textsOf(parts.get(2))) {
        add(List.of(VARIABLE + ": " + failure + " (" + VARIABLE + "); " + effect));
      }
    }
  }

  private void add(List<String> texts) {
    for (String text : texts) {
      boolean hasWords = text.chars().filter(Character::isLetter).count() > 5;
      if (hasWords) {
        messages.add(text);
      }
    }
  }

  /// The alternatives of an expression.
  private static List<String> textsOf(ExpressionTree expression) {
    if (expression instanceof LiteralTree literal && literal.getValue() instanceof String text) {
      return List.of(text);
    }
    if (expression instanceof ParenthesizedTree inner) {
      return textsOf(inner.getExpression());
    }
    if (expression instanceof ConditionalExpressionTree either) {
      List<String> texts = new ArrayList<>(textsOf(either.getTrueExpression()));
      texts.addAll(textsOf(either.getFalseExpression()));
      return texts.stream().distinct().toList();
    }
    if (expression instanceof BinaryTree sum) {
      List<String> texts = new ArrayList<>();
      for (String left : textsOf(sum.getLeftOperand())) {
        for (String right : textsOf(sum.getRightOperand())) {
          texts.add((left + right).replace(VARIABLE + VARIABLE, VARIABLE));
        }
      }
      return texts;
    }
    return List.of(VARIABLE);
  }

  /// Reads the calls of `print_line`, which prints its arguments up to `NULL` one after the other.
  private void readLauncher(Path sources) throws IOException {
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".c")).sorted().toList()) {
        Matcher call = PRINTED.matcher(Files.readString(file));
        while (call.find()) {
          StringBuilder text = new StringBuilder();
          Matcher argument = ARGUMENT.matcher(call.group(1));
          while (argument.find()) {
            String literal = argument.group(1);
            text.append(literal == null ? VARIABLE : literal);
          }
          add(List.of(text.toString().replace(VARIABLE + VARIABLE, VARIABLE)));
        }
      }
    }
  }
}
