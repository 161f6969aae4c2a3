# The unit test of the function's answers. It exits with 1 at the first wrong one.
set -eu
ITEMS="chair table"
. functions/items/bootstrap

expect() {
  found=$(answer "$1")
  case "$found" in
    *"\"statusCode\": $2,"*) ;;
    *) echo "expected $2 to $1, got $found"; exit 1 ;;
  esac
}

expect '{"rawPath": "/items/chair"}' 200
expect "$(cat events/items.json)" 200
expect '{"rawPath": "/items/none"}' 404
expect '{"rawPath": "/items/"}' 404
expect '{}' 404
echo "5 answers are right"
