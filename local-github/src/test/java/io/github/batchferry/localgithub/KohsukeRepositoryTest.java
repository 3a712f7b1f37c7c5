package io.github.batchferry.localgithub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHBlob;
import org.kohsuke.github.GHBranch;
import org.kohsuke.github.GHCommit;
import org.kohsuke.github.GHCompare;
import org.kohsuke.github.GHContent;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueComment;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHLabel;
import org.kohsuke.github.GHPermissionType;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHPullRequestReview;
import org.kohsuke.github.GHPullRequestReviewEvent;
import org.kohsuke.github.GHRef;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHTree;
import org.kohsuke.github.GHUser;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;

/** The usual Java client with repositories and what is in them. */
class KohsukeRepositoryTest {
    @TempDir
    Path state;

    private Hub hub;
    private GitHub client;
    private GHRepository repository;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(state).file("docs/a.txt", "a\n");
        client = new GitHubBuilder()
                .withEndpoint(hub.github.url().toString())
                .withOAuthToken(hub.github.token())
                .build();
        repository = client.getRepository("acme/runner");
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private String main() throws IOException {
        return repository.getBranch("main").getSHA1();
    }

    @Test
    void itWritesABranchThroughObjects() throws IOException {
        GHBlob blob = repository.createBlob().textContent("hello\n").create();
        GHTree tree = repository
                .createTree()
                .baseTree(repository.getTree("main").getSha())
                .add("b/c.txt", blob.getSha(), false)
                .add("run.sh", "echo\n", true)
                .create();
        GHCommit commit = repository
                .createCommit()
                .message("Write")
                .tree(tree.getSha())
                .parent(main())
                .create();
        GHRef ref = repository.createRef("refs/heads/eval/x", commit.getSHA1());

        assertThat(repository.getRef("heads/eval/x").getObject().getSha()).isEqualTo(commit.getSHA1());
        assertThat(repository.getTreeRecursive("eval/x", 1).getTree())
                .extracting(entry -> entry.getPath())
                .containsExactly("b", "b/c.txt", "docs", "docs/a.txt", "run.sh");
        assertThat(repository.getBlob(blob.getSha()).read())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("hello\n");
        assertThat(repository.getRefs("heads")).hasSize(2);
        GHBranch branch = repository.getBranch("eval/x");
        assertThat(branch.getSHA1()).isEqualTo(commit.getSHA1());
        assertThat(branch.isProtected()).isFalse();
        GHCommit read = repository.getCommit(commit.getSHA1());
        assertThat(read.getCommitShortInfo().getMessage()).isEqualTo("Write");
        assertThat(read.listFiles().toList()).hasSize(2);

        ref.updateTo(main(), true);
        assertThat(repository.getBranch("eval/x").getSHA1()).isEqualTo(main());
        ref.delete();
        assertThatThrownBy(() -> repository.getRef("heads/eval/x")).isInstanceOf(GHFileNotFoundException.class);
    }

    @Test
    void itChangesFilesOneByOne() throws IOException {
        GHContent made = repository
                .createContent()
                .path("new/file.txt")
                .content("one")
                .message("Make")
                .commit()
                .getContent();
        made.update("two", "Change");
        GHContent changed = repository.getFileContent("new/file.txt");

        assertThat(changed.read()).asString(StandardCharsets.UTF_8).isEqualTo("two");
        assertThat(repository.getDirectoryContent("new")).hasSize(1);
        changed.delete("Remove");
        assertThatThrownBy(() -> repository.getFileContent("new/file.txt")).isInstanceOf(GHFileNotFoundException.class);
        assertThat(repository.queryCommits().path("new").list().toList())
                .extracting(commit -> commit.getCommitShortInfo().getMessage())
                .containsExactly("Remove", "Change", "Make");
        String archive = repository.readTar(in -> "" + in.readAllBytes().length, "main");
        assertThat(Integer.parseInt(archive)).isPositive();
    }

    @Test
    void itOpensReviewsAndMergesAPullRequest() throws IOException {
        repository.createRef("refs/heads/topic", main());
        repository
                .createContent()
                .path("x")
                .content("x\n")
                .message("Add x")
                .branch("topic")
                .commit();
        GHPullRequest made = repository.createPullRequest("Try", "topic", "main", "Please", true, false);
        made.addLabels("evals", "bug");
        made.comment("Looks fine");
        GHPullRequestReview review = made.createReview()
                .body("Hm")
                .event(GHPullRequestReviewEvent.COMMENT)
                .create();

        GHPullRequest pull = repository.getPullRequest(made.getNumber());
        assertThat(pull.getMergeable()).isTrue();
        assertThat(pull.getAdditions()).isEqualTo(1);
        assertThat(pull.listFiles().toList())
                .extracting(file -> file.getFilename())
                .containsExactly("x");
        assertThat(pull.listCommits().toList()).hasSize(1);
        assertThat(pull.getLabels()).extracting(GHLabel::getName).containsExactlyInAnyOrder("evals", "bug");
        assertThat(pull.listReviews().toList())
                .extracting(GHPullRequestReview::getId)
                .containsExactly(review.getId());
        assertThat(repository
                        .queryPullRequests()
                        .state(GHIssueState.OPEN)
                        .list()
                        .toList())
                .hasSize(1);
        GHCompare compare = repository.getCompare("main", "topic");
        assertThat(compare.getAheadBy()).isEqualTo(1);

        pull.setTitle("Tried");
        pull.merge("All of it", pull.getHead().getSha(), GHPullRequest.MergeMethod.SQUASH);
        GHPullRequest merged = repository.getPullRequest(made.getNumber());
        assertThat(merged.isMerged()).isTrue();
        assertThat(merged.getTitle()).isEqualTo("Tried");
        assertThat(repository.getBranch("main").getSHA1()).isEqualTo(merged.getMergeCommitSha());
    }

    @Test
    void itWorksWithIssuesAndLabels() throws IOException {
        GHLabel label = repository.createLabel("evals", "00ff00", "Model runs");
        GHIssue issue = repository
                .createIssue("Broken")
                .body("It is")
                .label("evals")
                .assignee("local")
                .create();
        GHIssueComment comment = issue.comment("Really");
        comment.update("Not really");
        issue.addLabels("bug");
        issue.removeLabel("evals");
        issue.setTitle("Fixed");
        issue.close();

        GHIssue closed = repository.getIssue(issue.getNumber());
        assertThat(closed.getState()).isEqualTo(GHIssueState.CLOSED);
        assertThat(closed.getTitle()).isEqualTo("Fixed");
        assertThat(closed.getLabels()).extracting(GHLabel::getName).containsExactly("bug");
        assertThat(closed.getAssignee().getLogin()).isEqualTo("local");
        assertThat(closed.queryComments().list().toList())
                .extracting(GHIssueComment::getBody)
                .containsExactly("Not really");
        assertThat(repository.queryIssues().state(GHIssueState.ALL).list().toList())
                .hasSize(1);
        label.update().color("111111").done();
        assertThat(repository.getLabel("evals").getColor()).isEqualTo("111111");
        label.delete();
        assertThat(repository.listLabels().toList()).hasSize(9);
        closed.reopen();
        assertThat(repository.getIssue(issue.getNumber()).getState()).isEqualTo(GHIssueState.OPEN);
    }

    @Test
    void itCreatesConfiguresAndDeletesARepository() throws IOException {
        GHRepository made = client.createRepository("fresh")
                .description("New")
                .private_(true)
                .autoInit(true)
                .create();
        made.setDescription("Newer");
        made.createRef("refs/heads/next", made.getBranch("main").getSHA1());
        made.setDefaultBranch("next");

        GHRepository read = client.getRepository("local/fresh");
        assertThat(read.getDescription()).isEqualTo("Newer");
        assertThat(read.getDefaultBranch()).isEqualTo("next");
        assertThat(read.getReadme().getName()).isEqualTo("README.md");
        GHUser user = client.getMyself();
        assertThat(read.getPermission(user)).isEqualTo(GHPermissionType.ADMIN);
        assertThat(client.getRepositoryById(read.getId()).getFullName()).isEqualTo("local/fresh");
        assertThat(List.copyOf(client.getMyself().getAllRepositories().keySet()))
                .contains("fresh");
        read.delete();
        assertThatThrownBy(() -> client.getRepository("local/fresh")).isInstanceOf(GHFileNotFoundException.class);
    }

    @Test
    void itProtectsABranch() throws IOException {
        GHBranch branch = repository.getBranch("main");
        branch.enableProtection().enable();

        assertThat(repository.getBranch("main").isProtected()).isTrue();
        repository.getBranch("main").disableProtection();
        assertThat(repository.getBranch("main").isProtected()).isFalse();
    }
}
