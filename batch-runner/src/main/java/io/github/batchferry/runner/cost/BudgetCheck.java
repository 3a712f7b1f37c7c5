package io.github.batchferry.runner.cost;

import io.github.batchferry.runner.engine.Pricing;
import io.github.batchferry.wire.TokenUsage;
import io.github.batchferry.wire.problem.InvalidInputException;
import io.github.batchferry.wire.problem.Problems;
import io.github.batchferry.wire.vendors.VendorConfig;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Refuses a batch with a budget that cannot be kept, because the price of one of its models is not known. */
public final class BudgetCheck {
    private final BigDecimal budget;
    private final Pricing pricing;
    private final String priceFile;
    private final Map<String, TreeSet<String>> unknown = new LinkedHashMap<>();

    /**
     * @param budget US dollars, for the message
     * @param priceFile where a missing price is to be added
     */
    public BudgetCheck(BigDecimal budget, Pricing pricing, String priceFile) {
        this.budget = budget;
        this.pricing = pricing;
        this.priceFile = priceFile;
    }

    /** Looks at one request of the batch. */
    public void look(VendorConfig vendor, String model) {
        if (pricing.price(vendor, model, TokenUsage.NONE).isEmpty()) {
            unknown.computeIfAbsent(vendor.name(), name -> new TreeSet<>()).add(model);
        }
    }

    /** @throws InvalidInputException with every vendor and model whose price is not known */
    public void throwIfAny() throws InvalidInputException {
        Problems problems = new Problems();
        unknown.forEach((vendor, models) -> models.forEach(model -> problems.add(
                priceFile,
                0,
                "$.vendors." + vendor + ".models." + model,
                "cannot keep a budget of $" + budget.toPlainString() + ": the price of model `" + model
                        + "` of vendor `" + vendor + "` is not known: add it to " + priceFile
                        + " of the runner repository, or send the batch without --max-cost")));
        problems.throwIfAny();
    }
}
