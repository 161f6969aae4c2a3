#!/bin/sh
# Outlives the sandbox by a moment: reads "+ <group>:<mark>" and "- <group>" lines, and when its input ends, for whatever
# reason, kills the process groups that are left, and what has left them, and removes a folder ($1). What has left a group
# has its mark in its variables, or is in its namespaces, where those are not this process's own.
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

marks=''
namespaces=''
for each in $groups; do
  group=${each%%:*}
  marks="$marks -e ${each#*:}"
  for kind in user mnt; do
    namespace=$(readlink "/proc/$group/ns/$kind" 2>/dev/null)
    [ "$namespace" = "$(readlink "/proc/self/ns/$kind" 2>/dev/null)" ] || namespaces="$namespaces $namespace"
  done
done
for each in $groups; do
  kill -9 "-${each%%:*}" 2>/dev/null
done

# The process of a path in /proc.
end() {
  process=${1#/proc/}
  kill -9 "${process%%/*}" 2>/dev/null
}

# Twice: it may have been forking.
for round in 1 2; do
  [ -n "$marks" ] && [ -d /proc/self ] || break
  grep -la $marks /proc/[0-9]*/environ 2>/dev/null | while read -r path; do end "$path"; done
  [ -n "$namespaces" ] || continue
  ls -l /proc/[0-9]*/ns/user /proc/[0-9]*/ns/mnt 2>/dev/null | while read -r line; do
    for namespace in $namespaces; do
      case $line in *" -> $namespace")
        path="/proc/${line#* /proc/}"
        end "$path"
        ;;
      esac
    done
  done
done
rm -rf "$1"
