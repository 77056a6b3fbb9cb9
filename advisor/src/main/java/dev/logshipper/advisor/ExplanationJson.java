package dev.logshipper.advisor;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.logshipper.advisor.doctor.Checkup;
import dev.logshipper.advisor.explain.BreakEven;
import dev.logshipper.advisor.explain.Explanation;
import dev.logshipper.advisor.explain.LaneForecast;
import dev.logshipper.advisor.explain.Profile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/// An explanation for programs.
final class ExplanationJson {
  private static final MathContext DIGITS = new MathContext(6);

  private final ObjectMapper mapper = mapper();

  private static ObjectMapper mapper() {
    SimpleModule rounding = new SimpleModule();
    rounding.addSerializer(Double.class, new Rounding());
    rounding.addSerializer(double.class, new Rounding());
    return new ObjectMapper().registerModule(rounding);
  }

  /// Six significant digits.
  private static final class Rounding extends StdSerializer<Double> {
    private static final long serialVersionUID = 1;

    Rounding() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeNumber(new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString());
    }
  }

  String of(Checkup checkup, Explanation explanation, Profile profile) {
    ObjectNode root = mapper.createObjectNode();
    root.put("source", checkup.function().origin());
    root.set("problems", mapper.valueToTree(checkup.configuration().problems()));
    root.set("unknown", mapper.valueToTree(checkup.function().unknown()));
    root.put("flush", ExplanationText.name(explanation.flush()));
    root.put("environments", profile.environmentsInUse());
    ArrayNode sinks = root.putArray("sinks");
    for (LaneForecast lane : explanation.lanes()) {
      ObjectNode sink = mapper.valueToTree(lane);
      BreakEven breakEven = explanation.breakEvens().get(lane.mode());
      if (breakEven != null) {
        sink.set("breakEven", mapper.valueToTree(breakEven));
      }
      sinks.add(sink);
    }
    root.putPOJO("heldMillis", explanation.heldMillis());
    root.putPOJO("laterHeldMillis", explanation.laterHeldMillis());
    root.putPOJO("coldStartMillis", explanation.coldStart().billedMillis());
    root.set("coldStart", mapper.valueToTree(explanation.coldStart()));
    root.put("warmUpMillis", explanation.warmUpMillis());
    root.putPOJO("memoryMegabytes", explanation.memoryMegabytes());
    root.set("usdPerMonth", mapper.valueToTree(explanation.money().parts()));
    root.putPOJO("usdTotal", explanation.money().total());
    root.putPOJO("usdCloudWatch", explanation.money().cloudWatch());
    root.putPOJO("usdDelivery", explanation.money().delivery());
    root.set("policy", explanation.policy());
    root.set("keyPolicy", explanation.keyPolicy());
    try {
      return mapper.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
