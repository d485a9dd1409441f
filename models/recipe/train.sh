#!/usr/bin/env bash
# CPU training: huge pages, and memory that is not given back, are worth 1.5x; passive threads survive a busy neighbour.
export THP_MEM_ALLOC_ENABLE=1 MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456
export OMP_WAIT_POLICY=passive GOMP_SPINCOUNT=0 ONEDNN_PRIMITIVE_CACHE_CAPACITY=30000 LRU_CACHE_CAPACITY=30000
cd "$(dirname "$0")/../.." || exit 1
PYTHONPATH="server${PYTHONPATH:+:$PYTHONPATH}" exec "${PYTHON:-python3}" -m models.recipe.train "$@"
