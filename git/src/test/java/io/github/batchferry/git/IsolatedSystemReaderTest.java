package io.github.batchferry.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.util.SystemReader;
import org.eclipse.jgit.util.sha1.SHA1;
import org.junit.jupiter.api.Test;

class IsolatedSystemReaderTest {
    @Test
    void digestsAreThoseOfThePlatform() {
        IsolatedSystemReader.install();

        SHA1 digest = SHA1.newInstance();
        digest.update("blob 0\0".getBytes(StandardCharsets.US_ASCII));

        assertThat(digest.getClass().getSimpleName()).isEqualTo("SHA1Native");
        assertThat(digest.toObjectId().name()).isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    }

    @Test
    void nothingIsReadOfTheUserOrTheSystem() throws Exception {
        IsolatedSystemReader.install();
        SystemReader reader = SystemReader.getInstance();

        assertThat(reader.getUserConfig().getSections()).containsExactly("core");
        assertThat(reader.getSystemConfig().getSections()).containsExactly("core");
    }
}
