/**
 * Asks vendors until every request has its one response. Start at {@link io.github.batchferry.runner.engine.Engine}. All
 * state belongs to one {@linkplain io.github.batchferry.runner.loop.EventLoop event loop}; nothing here takes a lock.
 */
package io.github.batchferry.runner.engine;
