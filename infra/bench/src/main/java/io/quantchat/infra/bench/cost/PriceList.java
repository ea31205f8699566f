package io.quantchat.infra.bench.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * AWS's list prices of one region, on one day, from {@code prices.json}. Free allowances are left
 * out: they are gone before the figures matter.
 */
final class PriceList {

  private static final String FILE = "prices.json";

  private final String region;
  private final LocalDate asOf;
  private final Map<Price, Entry> entries;

  private PriceList(String region, LocalDate asOf, Map<Price, Entry> entries) {
    this.region = region;
    this.asOf = asOf;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * A step of a price that falls with what a month uses.
   *
   * @param upTo how many units of a month cost this; endless for the last
   * @param dollars for one unit
   */
  record Tier(double upTo, double dollars) {}

  /**
   * One price.
   *
   * @param unit what is bought
   * @param source the page that AWS publishes it on
   * @param certainty how it was checked
   */
  record Entry(String unit, List<Tier> tiers, String source, String certainty) {}

  /** The regions that there are prices for. */
  static List<String> regions() {
    var regions = new ArrayList<String>();
    file().required("regions").forEach(region -> regions.add(region.textValue()));
    return regions;
  }

  /**
   * A region's prices.
   *
   * @throws IllegalArgumentException if there are none; the message says which regions there are
   */
  static PriceList of(String region) {
    if (!regions().contains(region)) {
      throw new IllegalArgumentException(
          "There are no prices for " + region + ", only for " + String.join(", ", regions()));
    }
    JsonNode file = file();
    Map<Price, Entry> entries = new EnumMap<>(Price.class);
    for (Price price : Price.values()) {
      entries.put(price, entryOf(file.required("prices").required(price.key()), region));
    }
    return new PriceList(region, LocalDate.parse(file.required("as_of").textValue()), entries);
  }

  private static Entry entryOf(JsonNode price, String region) {
    double units = price.required("per").doubleValue();
    var tiers = new ArrayList<Tier>();
    for (JsonNode tier : price.required("dollars").required(region)) {
      tiers.add(
          new Tier(
              tier.path("up_to").asDouble(Double.POSITIVE_INFINITY),
              tier.required("price").doubleValue() / units));
    }
    return new Entry(
        price.required("unit").textValue(),
        List.copyOf(tiers),
        price.required("source").textValue(),
        price.required("certainty").textValue());
  }

  private static JsonNode file() {
    try (InputStream file = PriceList.class.getResourceAsStream(FILE)) {
      return new ObjectMapper().readTree(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The price file is broken", unreadable);
    }
  }

  String region() {
    return region;
  }

  LocalDate asOf() {
    return asOf;
  }

  Entry entry(Price price) {
    return entries.get(price);
  }

  /** The cost of so much at the first tier's price, in dollars. */
  double atListPrice(Usage usage) {
    return usage.quantities().entrySet().stream()
        .mapToDouble(used -> entry(used.getKey()).tiers().getFirst().dollars() * used.getValue())
        .sum();
  }

  /** The cost of so much in one month, with the tiers that it reaches, in dollars. */
  double inOneMonth(Usage usage) {
    return usage.quantities().entrySet().stream()
        .mapToDouble(used -> tiered(entry(used.getKey()).tiers(), used.getValue()))
        .sum();
  }

  private static double tiered(List<Tier> tiers, double quantity) {
    double dollars = 0;
    double from = 0;
    for (Tier tier : tiers) {
      double inTier = Math.max(0, Math.min(quantity, tier.upTo()) - from);
      dollars += inTier * tier.dollars();
      from = tier.upTo();
    }
    return dollars;
  }
}
