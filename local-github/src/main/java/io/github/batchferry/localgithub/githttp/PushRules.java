package io.github.batchferry.localgithub.githttp;

import io.github.batchferry.localgithub.hosting.BranchRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevBlob;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/**
 * What GitHub refuses on a push: files over 100 MB, the end of the default branch, the end or a new beginning of a
 * protected one, and other workflows from those who may not change them.
 */
final class PushRules implements PreReceiveHook {
    private static final long LARGEST_FILE = 100L << 20;
    private static final String DECLINED = "pre-receive hook declined";

    private final BranchRules rules;
    private final boolean mayChangeWorkflows;

    /** @param mayChangeWorkflows whether the one who pushes may do so */
    PushRules(BranchRules rules, boolean mayChangeWorkflows) {
        this.rules = rules;
        this.mayChangeWorkflows = mayChangeWorkflows;
    }

    @Override
    public void onPreReceive(ReceivePack push, Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            Optional<String> reason = refusal(command);
            if (reason.isPresent()) {
                command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, reason.get());
            } else if (command.getType() != ReceiveCommand.Type.DELETE) {
                check(push, command);
            }
        }
    }

    private Optional<String> refusal(ReceiveCommand command) {
        return switch (command.getType()) {
            case DELETE -> rules.againstDeletion(command.getRefName());
            case UPDATE_NONFASTFORWARD -> rules.againstForce(command.getRefName());
            default -> Optional.empty();
        };
    }

    private void check(ReceivePack push, ReceiveCommand command) {
        try {
            if (!mayChangeWorkflows) {
                PushedWorkflows.changed(push.getRepository(), command.getNewId())
                        .ifPresent(file -> command.setResult(
                                ReceiveCommand.Result.REJECTED_OTHER_REASON,
                                "refusing to allow a GitHub App to create or update workflow `" + file
                                        + "` without `workflows` permission"));
            }
            List<String> tooLarge = tooLarge(push, command.getNewId());
            if (!tooLarge.isEmpty()) {
                tooLarge.forEach(push::sendError);
                push.sendError("GH001: Large files detected. You may want to try Git Large File Storage.");
                command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, DECLINED);
            }
        } catch (IOException e) {
            command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "cannot check the push: " + e.getMessage());
        }
    }

    /** A message for each new file that is too large. */
    private static List<String> tooLarge(ReceivePack push, ObjectId tip) throws IOException {
        List<String> messages = new ArrayList<>();
        try (ObjectWalk walk = new ObjectWalk(push.getRepository());
                ObjectReader reader = push.getRepository().newObjectReader()) {
            walk.markStart(walk.parseAny(tip));
            for (Ref known : push.getRepository().getRefDatabase().getRefs()) {
                if (known.getObjectId() != null) {
                    walk.markUninteresting(walk.parseAny(known.getObjectId()));
                }
            }
            while (walk.next() != null) {
                // commits first, then the objects they bring
            }
            RevObject object;
            while ((object = walk.nextObject()) != null) {
                long size = object instanceof RevBlob ? reader.getObjectSize(object, Constants.OBJ_BLOB) : 0;
                if (size > LARGEST_FILE) {
                    messages.add(String.format(
                            Locale.ROOT,
                            "File %s is %.2f MB; this exceeds GitHub's file size limit of 100.00 MB",
                            walk.getPathString(),
                            size / (1024.0 * 1024.0)));
                }
            }
        }
        return messages;
    }
}
