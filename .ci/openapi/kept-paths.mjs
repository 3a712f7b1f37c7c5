// The operations that the embedded GitHub answers, or refuses by name today and will answer. A path that is served and
// not kept here fails the tests as unknown: add it and run the trimming again.
const REPOSITORY = "/repos/{owner}/{repo}";

const EXACT = new Set([
  "/",
  "/meta",
  "/rate_limit",
  "/user",
  "/user/repos",
  "/user/installations",
  "/user/installations/{installation_id}/repositories",
  "/users/{username}",
  "/users/{username}/installation",
  "/orgs/{org}/installation",
  "/orgs/{org}/repos",
  "/app",
  "/apps/{app_slug}",
  "/repositories",
  REPOSITORY,
]);

// A folder stands for its own path and for everything below it.
const FOLDERS = [
  "/app/installations",
  "/installation",
  ...[
    "actions/artifacts",
    "actions/caches",
    "actions/concurrency_groups",
    "actions/jobs",
    "actions/oidc",
    "actions/permissions",
    "actions/runs",
    "actions/secrets",
    "actions/variables",
    "actions/workflows",
    "assignees",
    "branches",
    "check-runs",
    "check-suites",
    "collaborators",
    "comments",
    "commits",
    "compare",
    "contents",
    "deployments",
    "dispatches",
    "environments",
    "git",
    "installation",
    "issues",
    "labels",
    "merges",
    "pulls",
    "readme",
    "releases",
    "statuses",
    "tags",
    "tarball",
    "zipball",
  ].map((folder) => `${REPOSITORY}/${folder}`),
];

export function isKept(path) {
  return EXACT.has(path) || FOLDERS.some((folder) => path === folder || path.startsWith(`${folder}/`));
}
