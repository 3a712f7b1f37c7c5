/** Located findings of validation, collected and reported together. Start at {@link io.github.batchferry.wire.problem.Problems}. */
package io.github.batchferry.wire.problem;
