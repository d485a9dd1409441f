#!/usr/bin/env bash
# From the corpus to a packed bundle. On two cores: half an hour of preparation, then as many minutes of training as given.
#
#   pip install -e '.[recipe]'
#   models/recipe/speedrun.sh CORPUS [MINUTES] [NAME]
#
# Every stage writes into $WORK and can be run again alone; models/README.md says what each reads and writes.
set -euo pipefail
corpus=$(realpath "${1:?usage: speedrun.sh CORPUS [MINUTES] [NAME]}")
minutes=${2:-120}
name=${3:-gloss-en-zh}
cd "$(dirname "$0")/../.."
work=${WORK:-models/work}
python=${PYTHON:-python3}
export PYTHONPATH="server${PYTHONPATH:+:$PYTHONPATH}"
stage() { echo "== $1"; "$python" -m "models.recipe.$@"; }

stage corpus --corpus "$corpus" --work "$work" --gpl3
stage vocabulary --work "$work" ${PIECES:+--pieces "$PIECES"}   # PIECES=BUNDLE/target.json to go on from a bundle or its checkpoint
stage lexicon --work "$work"
stage mine --work "$work"

echo "== train"
if [ -e "$work/gloss.pt" ]; then
    models/recipe/train.sh --work "$work" --minutes "$minutes" --resume "$work/gloss.pt"
elif [ -n "${START:-}" ]; then
    models/recipe/train.sh --work "$work" --minutes "$minutes" --start "$START"
else
    models/recipe/train.sh --work "$work" --minutes "$minutes"
fi

stage salience --work "$work" --checkpoint "$work/gloss.pt"
stage pack "$work/gloss.pt" "$work/$name" --tokenizers "$work" --salience "$work/salience.safetensors" --name "$name"
stage evaluate --corpus "$corpus" --bundle "$work/$name" --json "$work/$name.json" --samples "$work/$name/SAMPLES.md" \
    --markdown "$work/$name.measured.md"
stage card --bundle "$work/$name" --measured "$work/$name.measured.md" --tokens "${TOKENS:-0}" --hours "${HOURS:-0}"
