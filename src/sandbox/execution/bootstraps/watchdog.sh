#!/bin/sh
# Outlives the sandbox by a moment: reads "+ <group>:<mark>" and "- <group>" lines, and when its input ends, for whatever
# reason, kills the process groups that are left, and what has left them, and removes a folder ($1). What has left a group
# has its mark in its variables, or is in its namespaces.
groups=''
while read -r sign group; do
  if [ "$sign" = '+' ]; then
    groups="$groups $group"
  else
    kept=''
    for known in $groups; do
      [ "${known%%:*}" = "$group" ] || kept="$kept $known"
    done
    groups=$kept
  fi
done

[ -n "$groups" ] || exec rm -rf "$1"

# Prints the namespaces that the leaders are in, without this process's own.
namespaces() {
  for each in $groups; do
    for kind in user mnt; do
      namespace=$(readlink "/proc/${each%%:*}/ns/$kind" 2>/dev/null)
      [ "$namespace" = "$(readlink "/proc/self/ns/$kind" 2>/dev/null)" ] || echo "$namespace"
    done
  done
}

# The name of a namespace that is gone goes to another one at once: so the leaders are held, and only what they are in
# both before and after the look counts.
for each in $groups; do
  kill -STOP "-${each%%:*}" 2>/dev/null
done
pids=''
before=$(namespaces)
if [ -n "$before" ]; then
  found=$(ls -l /proc/[0-9]*/ns/user /proc/[0-9]*/ns/mnt 2>/dev/null | sed -n 's|.* /proc/\([0-9]*\)/ns/.* -> |\1 |p')
  after=$(namespaces)
  for namespace in $before; do
    case $after in
    *"$namespace"*) pids="$pids $(echo "$found" | sed -n "s/^\([0-9]*\) $(echo "$namespace" | sed 's/[][]/\\&/g')$/\1/p")" ;;
    esac
  done
fi
marks=''
for each in $groups; do
  marks="$marks -e ${each#*:}"
  kill -9 "-${each%%:*}" 2>/dev/null
done
[ -z "$pids" ] || kill -9 $pids 2>/dev/null

# Again where there were some: they may have been forking.
for round in 1 2 3; do
  pids=$(grep -la $marks /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3)
  [ -n "$pids" ] || break
  kill -9 $pids 2>/dev/null
done
rm -rf "$1"
