# shellcheck shell=bash
# browser.sh: private installations and a browser, for tests/pages and tests/stories. Sourced by their run.

. "$(dirname "${BASH_SOURCE[0]}")/../tools/lib.sh"

export MEKTEP_BUILD=${MEKTEP_BUILD:-$var/check}
shots=$var/shots
work=$(mktemp -d)
chmod 755 "$work"
names=()

finish() {
    local name
    for name in "${names[@]}"; do
        MEKTEP_VAR=$work/$name "$top/tools/demo" stop >/dev/null 2>&1
        rmdir "$ports/$(cat "$work/$name/port")" 2>/dev/null
        mkdir -p "$var/log" && cp "$work/$name/log/mektepd.log" "$var/log/$program-$name.log" 2>/dev/null
    done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

# A port that nobody listens at, and that none of the tests beside this one has chosen.
ports=/tmp/mektep-ports
free_port() {
    local port
    mkdir -p -m 1777 "$ports"
    while port=$((20000 + RANDOM % 10000)); do
        mkdir "$ports/$port" 2>/dev/null || continue
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

# installation NAME [--empty]: starts one; its address lies in NAME/url, its logins and its pages in files beside.
installation() {
    local name=$1
    shift
    names+=("$name")
    mkdir -p "$work/$name"
    MEKTEP_VAR=$work/$name MEKTEP_PORT=$(free_port) "$top/tools/demo" "$@" >"$work/$name.log" 2>&1 || { tail -n 20 "$work/$name.log"; return 1; }
    MEKTEP_VAR=$work/$name "$top/tools/demo" url >"$work/$name/url"
    MEKTEP_VAR=$work/$name "$top/tools/demo" ctl routes >"$work/$name/routes"
}

# The packages of package-lock.json, fetched once.
node_packages() {
    (
        flock 8
        cmp -s "$top/package-lock.json" "$top/node_modules/.fetched" && exit 0
        cd "$top" && npm ci --ignore-scripts --no-audit --no-fund >&2 && cp package-lock.json node_modules/.fetched
    ) 8<"$top"
}
