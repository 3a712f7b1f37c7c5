package io.github.batchferry.localgithub.hosting;

import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;

/**
 * Which branches have to stay, and to go forward only.
 *
 * @param defaultBranch its short name
 * @param protectedBranches short names
 */
public record BranchRules(String defaultBranch, Set<String> protectedBranches) {
    public BranchRules {
        protectedBranches = Set.copyOf(protectedBranches);
    }

    /** Why a ref may not be deleted; empty if it may. */
    public Optional<String> againstDeletion(String ref) {
        if (ref.equals(Constants.R_HEADS + defaultBranch)) {
            return Optional.of("refusing to delete the default branch");
        }
        return isProtected(ref) ? Optional.of("Cannot delete this protected branch") : Optional.empty();
    }

    /** Why a ref may not be moved to a commit that does not follow on its own; empty if it may. */
    public Optional<String> againstForce(String ref) {
        return isProtected(ref) ? Optional.of("Cannot force-push to this protected branch") : Optional.empty();
    }

    private boolean isProtected(String ref) {
        return ref.startsWith(Constants.R_HEADS)
                && protectedBranches.contains(ref.substring(Constants.R_HEADS.length()));
    }
}
