/**
 * The expression language of GitHub Actions, what stands between <code>${{</code> and <code>}}</code>. Pure: start at
 * {@link io.github.batchferry.localgithub.expression.Expression}.
 *
 * <p>Values are Jackson nodes. Where GitHub's documentation, its runner and its {@code @actions/expressions} package
 * differ, the runner decides, as it is what evaluates on github.com.
 */
package io.github.batchferry.localgithub.expression;
