# Completion of lambdactl for bash. To install it, add this line to ~/.bashrc:
#   eval "$(lambdactl completion bash)"

_lambdactl() {
  local kind word description tab=$'\t'
  COMPREPLY=()
  {
    read -r kind
    while IFS=$tab read -r word description; do COMPREPLY+=("$word"); done
  } < <(command lambdactl __complete bash "${COMP_WORDS[@]:1:COMP_CWORD-1}" ":${COMP_WORDS[COMP_CWORD]}" 2>/dev/null)
  # Without words, bash takes names of files. Old ones, such as 3.2 of macOS, have no compopt.
  case $kind in
    files) compopt -o filenames ;;
    folders) compopt +o default -o dirnames ;;
    *) compopt +o default -o nosort ;;
  esac 2>/dev/null
}

complete -o default -F _lambdactl lambdactl
