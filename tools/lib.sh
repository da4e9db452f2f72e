# shellcheck shell=bash
# lib.sh: what tools/demo and tools/check share: packages, build, processes. Sourced, never run.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$(basename "$0")

# Everything made at run time lies in one folder.
var=${MEKTEP_VAR:-$top/var}
mkdir -p "$var"
var=$(cd "$var" && pwd)

say() { printf '%s: %s\n' "$program" "$*" >&2; }
die() { say "$*"; exit 1; }

# ---- packages ----

# packages_present: what is installed, and what that stands in for: nodejs of another source may bring npm along.
packages_present() {
    dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' | sed -n 's/^installed //p' | tr ',' '\n' | awk '{ print $1 }' | sort -u
}

# packages_missing GROUP…: the packages of the groups that are not there, a line each.
packages_missing() {
    comm -23 <(for group; do
        awk -v group="$group" '$1 == group { for (i = 2; i <= NF; i++) print $i }' "$top/tools/packages"
    done | sort -u) <(packages_present)
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# packages_install GROUP…: installs what is missing. The servers among it get no chance to start (policy-rc.d) nor are
# they enabled: the demo runs its own; a MariaDB or nginx that was there before is not touched.
packages_install() {
    local missing policy=/usr/sbin/policy-rc.d ours=no status=0 service
    missing=$(packages_missing "$@")
    [ -n "$missing" ] || return 0
    say "installing: $(echo "$missing" | tr '\n' ' ')"
    if [ ! -e "$policy" ]; then
        ours=yes
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    # shellcheck disable=SC2086
    packages_get $missing || status=$?
    [ $ours = no ] || as_root rm -f "$policy"
    [ $status -eq 0 ] || die "the packages could not be installed; see the lines above"
    for service in mariadb nginx; do
        if grep -q "^$service" <<<"$missing" && [ -d /run/systemd/system ]; then
            as_root systemctl disable --now --quiet $service || true
        fi
    done
}

# The lists are fetched only where the packages cannot be had without.
packages_get() {
    local get=(env DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends)
    as_root "${get[@]}" install "$@" >&2 2>/dev/null && return 0
    as_root "${get[@]}" update >&2 && as_root "${get[@]}" install "$@" >&2
}

# ---- build ----

# build_in FOLDER CONFIGURE_OPTION…: configures and makes out of tree; nothing is done twice. The log lies in the folder.
build_in() {
    local folder=$1 source=$top
    shift
    mkdir -p "$folder"
    [ ! -e "$top/config.status" ] || source=$(source_copy "$folder")
    (
        flock 8
        if [ ! -x "$source/configure" ] || [ "$source/configure.ac" -nt "$source/configure" ]; then
            say "autoreconf"
            (cd "$source" && autoreconf -i) >"$folder/autoreconf.log" 2>&1 || { cat "$folder/autoreconf.log" >&2; exit 1; }
        fi
    ) 8<"$top" || return 1
    if [ ! -e "$folder/Makefile" ]; then
        say "configure $*"
        (cd "$folder" && "$source/configure" -q "$@") >"$folder/configure.log" 2>&1 || { tail -n 20 "$folder/configure.log" >&2; return 1; }
    fi
    make -q -C "$folder" all >/dev/null 2>&1 || say "make"
    make -s -C "$folder" -j"$(nproc)" all >"$folder/make.log" 2>&1 || { tail -n 40 "$folder/make.log" >&2; return 1; }
}

# A source folder that was configured in place cannot be built out of tree: a copy of the sources is built instead.
source_copy() {
    mkdir -p "$1/source"
    tar -C "$top" --exclude=./.git --exclude=./var --exclude='./build*' --exclude='*.o' --exclude='*.a' \
        --exclude=./config.status --exclude=./config.h --exclude=./Makefile --exclude=./node_modules -cf - . | tar -C "$1/source" -xf -
    echo "$1/source"
}

# ---- processes ----

# wait_until SECONDS COMMAND…: polls until the command succeeds; fails after the deadline.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $deadline ] || return 1
        sleep 0.05
    done
}

# is_running PID_FILE: a process with that number lives and is ours: its command names the folder in $var.
is_running() {
    [ -s "$1" ] && tr '\0' ' ' 2>/dev/null <"/proc/$(cat "$1")/cmdline" | grep -qF -- "$var"
}

# stop_process PID_FILE SECONDS: asks it to end, waits, and insists at last.
stop_process() {
    is_running "$1" || { rm -f "$1"; return 0; }
    local pid
    pid=$(cat "$1")
    kill -TERM "$pid" 2>/dev/null || true
    wait_until "$2" is_gone "$pid" || { say "process $pid did not end in $2 s: killed"; kill -KILL "$pid" 2>/dev/null || true; }
    rm -f "$1"
}

is_gone() { ! kill -0 "$1" 2>/dev/null; }
