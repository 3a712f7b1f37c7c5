package io.github.batchferry.localgithub.releases;

import java.util.ArrayList;
import java.util.List;

/** The files of a release, and the same list with one of them changed. */
record AssetList(List<AssetRecord> all) {
    AssetList with(AssetRecord asset) {
        List<AssetRecord> more = new ArrayList<>(all);
        more.add(asset);
        return new AssetList(more);
    }

    AssetList changed(AssetRecord asset) {
        return new AssetList(
                all.stream().map(each -> each.id() == asset.id() ? asset : each).toList());
    }

    AssetList without(long id) {
        return new AssetList(all.stream().filter(each -> each.id() != id).toList());
    }
}
