#!/bin/bash
# Which generator reaches how far: a campaign for each, with the same compilers and the same CPU time, and their objects'
# features held against each other (docs/coverage.md).
#
# usage: tools/reach.sh [--cpu-time TIME] [--jobs N] [--config FILE] [--out DIR] [--objhound PROGRAM] [--curves]
#                       [GENERATOR...]
#
# A GENERATOR is what `objhound fuzz --generator` takes, or "guided"; without any: csmith weave enrich guided, as far as
# they are there. The time is CPU time (user and system) of objhound, the compilers and all else that it starts. Each
# campaign's database stays in DIR (default: out/reach), and is continued if it is there. --curves adds how many
# features had been seen after so many programs. Exit status: 2 wrong usage, 3 a campaign failed.
set -euo pipefail

cpu_time=1h jobs=$(nproc) config= out=out/reach objhound=build/objhound curves=
while [[ "${1:-}" == --* ]]; do
  case "$1" in
    --cpu-time) cpu_time=$2 ;;
    --jobs) jobs=$2 ;;
    --config) config=$2 ;;
    --out) out=$2 ;;
    --objhound) objhound=$2 ;;
    --curves) curves=1; shift; continue ;;
    *) sed -n '/^# usage/,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

generators=("$@")
if ((${#generators[@]} == 0)); then
  for generator in csmith weave enrich; do
    "$objhound" generate --generator "$generator" --seed 1 -o /dev/null > /dev/null 2>&1 && generators+=("$generator")
  done
  "$objhound" fuzz --help | grep -q -- '--guided' && generators+=(guided)
fi

mkdir -p "$out"
databases=()
for generator in "${generators[@]}"; do
  name=${generator//[^A-Za-z0-9_.-]/_}
  options=(--cpu-time "$cpu_time" --jobs "$jobs" --out "$out/$name" --db "$out/$name.db")
  [[ -n $config ]] && options+=(--config "$config")
  if [[ $generator == guided ]]; then options+=(--guided); else options+=(--generator "$generator"); fi
  # What a campaign finds is not what is asked here: 1 is as good as 0.
  status=0
  "$objhound" fuzz "${options[@]}" > "$out/$name.log" 2>&1 || status=$?
  if ((status > 1)); then
    tail -3 "$out/$name.log" >&2
    exit 3
  fi
  databases+=("$out/$name.db")
done

"$objhound" coverage --compare "${databases[@]}"
[[ -z $curves ]] && exit 0

# From each feature's first seed. (Of a guided campaign the programs have no order.)
for i in "${!databases[@]}"; do
  [[ ${generators[i]} == guided ]] && continue
  "$objhound" coverage --db "${databases[i]}" --format json | python3 -c '
import json, sys
coverage = json.load(sys.stdin)
first = {}
for s in coverage["sightings"]:
    first[s["feature"]] = min(s["seed"], first.get(s["feature"], s["seed"]))
seeds = sorted(first.values())
if not seeds: sys.exit()
base, last = seeds[0], seeds[-1]
points = sorted({max(1, (last - base + 1) * k // 10) for k in range(1, 11)})
print(f"{sys.argv[1]}: " + ", ".join(f"{sum(s < base + n for s in seeds):,} after {n}" for n in points))
' "${generators[i]}"
done
