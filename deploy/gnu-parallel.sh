#!/bin/sh
# deploy/gnu-parallel.sh OUT JOBS [options of parallel, such as --sshlogin host1,host2]
# Cuts the plan in OUT into JOBS parts; with --sshlogin all hosts see OUT under the same name.
set -eu
out=$1 jobs=$2
shift 2
seq 0 $((jobs - 1)) | parallel --will-cite --quote --halt soon,fail=1 --retries 3 "$@" \
  arxiv-gloss corpus run "$out" --workers 1 --shard "{}/$jobs"
