package io.github.batchferry.runner.requests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestIndexTest {
    @Test
    void givesEveryVendorAndModelARoute() {
        RequestIndex index = new RequestIndex();
        index.add(0, 10, 0, "small");
        index.add(11, 10, 1, "small");
        index.add(22, 10, 0, "large");
        index.add(33, 10, 0, "small");

        assertThat(index.routes())
                .containsExactly(
                        new RequestRoute(0, "small"), new RequestRoute(1, "small"), new RequestRoute(0, "large"));
        assertThat(index.route(3)).isEqualTo(index.route(0));
        assertThat(index.route(2)).isEqualTo(2);
    }

    @Test
    void manyModelsOfAVendorShareItsLastRoute() {
        RequestIndex index = new RequestIndex();
        for (int i = 0; i < 5000; i++) {
            index.add(i, 1, i % 2, "model-" + i);
        }

        assertThat(index.routes()).hasSize(2 * RequestIndex.ROUTES_OF_A_VENDOR);
        assertThat(index.routes().get(index.route(4999)).vendor()).isEqualTo(1);
        assertThat(index.route(4999)).isEqualTo(index.route(4997));
        assertThat(index.route(4998)).isNotEqualTo(index.route(4999));
    }
}
