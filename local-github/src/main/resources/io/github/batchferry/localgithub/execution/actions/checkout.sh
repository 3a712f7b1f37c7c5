# actions/checkout of the embedded GitHub. All it is told comes by variables CHECKOUT_*; no part of a workflow is ever
# part of this text.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_NAMESPACE
url="$CHECKOUT_SERVER/$CHECKOUT_REPOSITORY.git"
header="http.$CHECKOUT_SERVER/.extraheader"
ref="$CHECKOUT_REF"
commit="$CHECKOUT_COMMIT"
progress="${CHECKOUT_SHOW_PROGRESS:+--progress}"

loud() {
  printf '[command]git %s\n' "$*"
  git "$@"
}

group() {
  printf '::group::%s\n' "$1"
}

fail() {
  printf '::error::%s\n' "$1"
  exit 1
}

empty() {
  echo "Deleting the contents of '$CHECKOUT_PATH'"
  find "$CHECKOUT_PATH" -mindepth 1 -maxdepth 1 -exec rm -rf -- {} +
}

# What an earlier attempt left of the same repository is used again.
tidy() {
  rm -f .git/index.lock .git/shallow.lock
  git checkout -q --detach &&
    git for-each-ref --format='delete %(refname)' refs/heads refs/remotes | git update-ref --no-deref --stdin || return 1
  if [ -n "$CHECKOUT_CLEAN" ]; then
    git clean -q -ffdx && git reset -q --hard HEAD
  fi
}

mkdir -p "$CHECKOUT_PATH"
cd "$CHECKOUT_PATH"
git --version
if [ "$(git config --file .git/config --get remote.origin.url 2>/dev/null)" != "$url" ] || ! tidy; then
  group 'Initializing the repository'
  empty
  loud -c init.defaultBranch=main init -q .
  loud remote add origin "$url"
  git config --local gc.auto 0
  echo '::endgroup::'
fi

forget() {
  git config --local --unset-all "$header" || true
}

# The credential goes from memory to the file: arguments of programs can be seen by everybody on the machine.
group 'Setting up auth'
forget
loud config --local "$header" 'AUTHORIZATION: basic ***'
config=$(<.git/config)
printf '%s\n' "${config/AUTHORIZATION: basic \*\*\*/AUTHORIZATION: basic $CHECKOUT_CREDENTIAL}" >.git/config
if [ -z "$CHECKOUT_PERSIST_CREDENTIALS" ]; then
  trap forget EXIT
fi
echo '::endgroup::'

if [ -z "$ref$commit" ]; then
  group 'Determining the default branch'
  ref=$(git ls-remote --symref origin HEAD | sed -n 's/^ref: \(.*\)\tHEAD$/\1/p')
  [ -n "$ref" ] || fail "the repository $CHECKOUT_REPOSITORY has no default branch"
  echo "Default branch '${ref#refs/heads/}'"
  echo '::endgroup::'
fi

# What to fetch so that this ref, at this commit if one is given, can be checked out.
specs() {
  case $ref in
    refs/heads/*) echo "+${commit:-$ref}:refs/remotes/origin/${ref#refs/heads/}" ;;
    refs/tags/*) echo "+${commit:-$ref}:$ref" ;;
    refs/pull/*) echo "+${commit:-$ref}:refs/remotes/pull/${ref#refs/pull/}" ;;
    refs/*) echo "+${commit:-$ref}:$ref" ;;
    '') echo "$commit" ;;
    *) printf '%s\n' "+refs/heads/$ref*:refs/remotes/origin/$ref*" "+refs/tags/$ref*:refs/tags/$ref*" ;;
  esac
}

fetch() {
  local failure=0
  loud -c protocol.version=2 fetch --no-tags --prune ${progress:+"$progress"} --no-recurse-submodules "$@" || failure=$?
  if [ "$failure" != 0 ]; then
    case $ref in '' | refs/*) exit "$failure" ;; esac
    [ -n "$(git ls-remote origin "refs/heads/$ref" "refs/tags/$ref")" ] || not_found
    exit "$failure"
  fi
}

not_found() {
  fail "A branch or tag with the name '$ref' could not be found"
}

# Where the commit of a fetched ref is found.
fetched() {
  case $ref in
    refs/heads/*) echo "refs/remotes/origin/${ref#refs/heads/}" ;;
    refs/pull/*) echo "refs/remotes/pull/${ref#refs/pull/}" ;;
    *) echo "$ref" ;;
  esac
}

group 'Fetching the repository'
mapfile -t wanted < <(specs)
if [ "$CHECKOUT_DEPTH" -gt 0 ]; then
  [ -z "$CHECKOUT_FETCH_TAGS" ] || wanted+=('+refs/tags/*:refs/tags/*')
  fetch "--depth=$CHECKOUT_DEPTH" origin "${wanted[@]}"
else
  deepen=()
  [ ! -f .git/shallow ] || deepen=(--unshallow)
  fetch "${deepen[@]}" origin '+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*'
  if [ -n "$commit" ] && [ "$(git rev-parse -q --verify "$(fetched)^{commit}" 2>/dev/null)" != "$commit" ]; then
    fetch origin "${wanted[@]}"
  fi
fi
echo '::endgroup::'

group 'Checking out the ref'
checkout() {
  loud checkout ${progress:+"$progress"} --force "$@"
}
case $ref in
  '') checkout "$commit" ;;
  refs/heads/*) checkout -B "${ref#refs/heads/}" "$(fetched)" ;;
  refs/*) checkout --detach "$(fetched)" ;;
  *)
    if git show-ref -q --verify "refs/remotes/origin/$ref"; then
      checkout -B "$ref" "refs/remotes/origin/$ref"
    elif git show-ref -q --verify "refs/tags/$ref"; then
      checkout --detach "refs/tags/$ref"
    else
      not_found
    fi
    ;;
esac
echo '::endgroup::'
printf 'commit=%s\n' "$(git rev-parse HEAD)" >>"$GITHUB_OUTPUT"
loud log -1 --format=%H
