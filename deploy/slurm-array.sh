#!/bin/bash
# sbatch --export=ALL,OUT=/shared/corpus deploy/slurm-array.sh
# One task of the array makes every 64th shard of the plan; one that was preempted begins where its files end.
#SBATCH --job-name=arxiv-gloss-corpus
#SBATCH --array=0-63
#SBATCH --cpus-per-task=4
#SBATCH --mem=3G
#SBATCH --time=24:00:00
#SBATCH --requeue
set -euo pipefail
exec arxiv-gloss corpus run "${OUT:?names the folder of the plan}" \
  --workers "${SLURM_CPUS_PER_TASK:-1}" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT"
