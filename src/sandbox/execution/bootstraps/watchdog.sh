#!/bin/sh
# Outlives the sandbox by a moment: reads "+ <group>" and "- <group>" lines, and when its input ends, for whatever
# reason, kills the process groups that are left and removes a folder ($1).
groups=''
while read -r sign group; do
  if [ "$sign" = '+' ]; then
    groups="$groups $group"
  else
    kept=''
    for known in $groups; do
      [ "$known" = "$group" ] || kept="$kept $known"
    done
    groups=$kept
  fi
done
for group in $groups; do
  kill -9 "-$group" 2>/dev/null
done
rm -rf "$1"
