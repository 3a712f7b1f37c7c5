# What is left to do for actions/checkout once the steps of the job are over: the job's token is forgotten.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_NAMESPACE
cd "$CHECKOUT_PATH"
git --version
if git config --local --get-all "http.$CHECKOUT_SERVER/.extraheader" >/dev/null; then
  printf '[command]git config --local --unset-all http.%s/.extraheader\n' "$CHECKOUT_SERVER"
  git config --local --unset-all "http.$CHECKOUT_SERVER/.extraheader"
fi
