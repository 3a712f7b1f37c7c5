package io.github.batchferry.mockvendor;

/**
 * Tokens of an answer, the same for the same request.
 *
 * @param prompt a quarter of the body's bytes
 * @param cached part of the prompt: half of it for every third request
 * @param completion 10 to 59
 * @param reasoning part of the completion: a quarter of it for every fifth request
 */
record Usage(long prompt, long cached, long completion, long reasoning) {
    static Usage of(long key, int bodyLength) {
        long draw = Hash.mix(key) >>> 1;
        long prompt = Math.max(1, bodyLength / 4);
        long completion = 10 + draw % 50;
        return new Usage(prompt, draw % 3 == 0 ? prompt / 2 : 0, completion, draw % 5 == 0 ? completion / 4 : 0);
    }

    long total() {
        return prompt + completion;
    }

    /** In billionths of a dollar. */
    long cost(Prices prices) {
        return (prompt - cached) * prices.input() + cached * prices.cached() + completion * prices.output();
    }
}
