#!/usr/bin/env bash
# Proves that the two commands do all the set-up on a bare Debian 12: a root with no more than
# Python, in which `run` and `test` of bootstrap.py are given as a new user would give them.
#
#   packaging/prove-bare-root.sh FOLDER [KIND ...]     as root; all kinds by default
#
#   pip       Python with pip
#   venv      Python with venv
#   neither   Python alone
#   user      Python with venv; no root rights: root types the line that the user is told
#
# Needs debootstrap, git, xvfb, xdotool and imagemagick on this machine, whose apt sources,
# certificates and index settings of pip are used. FOLDER keeps the bare roots (KIND.tar), what
# became of them (KIND/), the output (KIND.*.log), a picture of the window (KIND.png) and times.txt.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 2; }

mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
[ $# -ge 1 ] || set -- pip venv neither user
project=$(cd "$(dirname "$0")/.." && pwd)

sources() {  # Debian's own archives as this machine knows them
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Origin: Debian' 'Created-By: Packages' | sort -u
}

make_bare() {  # once for each kind; later runs unpack it again
    local include=python3
    case $1 in
        pip) include=python3,python3-pip ;;
        venv | user) include=python3,python3-venv ;;
    esac
    rm -rf --one-file-system "${folder:?}/$1"
    debootstrap --variant=minbase --include="$include" bookworm "$folder/$1" \
        "$(sources | awk '$3 == "bookworm" { print $2; exit }')" >"$folder/$1.debootstrap.log"
    tar -C "$folder" -cf "$folder/$1.tar" "$1"
}

unpack() {
    leave "$1"
    [ -f "$folder/$1.tar" ] || make_bare "$1"
    rm -rf --one-file-system "${folder:?}/$1"
    tar -C "$folder" -xf "$folder/$1.tar"
}

enter() {  # what a running system has, and how this machine reaches the registries
    local root=$folder/$1 file
    mount --bind /proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev/shm"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    sources >"$root/etc/apt/sources.list"
    for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do
        ! grep -qs '^Acquire' "$file" || cp "$file" "$root/etc/apt/apt.conf.d/"
    done
    mkdir -p "$root/usr/local/share/ca-certificates" "$root/etc/ssl/certs"
    cp -r /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    { echo '[global]' && python3 -m pip config list |
        sed -nE "s/^global\.(index-url|proxy|trusted-host|cert)='(.*)'$/\1 = \2/p"; } >"$root/etc/pip.conf"
    in_root "$1" useradd --create-home tester
    mkdir "$root/home/tester/backstop"
    # The tracked files and the new ones, so that a change can be proved before it is committed.
    git -C "$project" ls-files -z --cached --others --exclude-standard |
        tar -C "$project" --null --ignore-failed-read -T - -c |
        tar -C "$root/home/tester/backstop" --no-same-owner -x
    [ "$1" != user ] || in_root "$1" chown -R tester: /home/tester
}

leave() {
    umount "$folder/$1/proc" "$folder/$1/dev/shm" 2>/dev/null || true
}

in_root() {  # nothing of this machine's environment but what leads to the registries and a screen
    local kind=$1 variable
    shift
    local kept=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8)
    for variable in PIP_INDEX_URL PIP_PROXY PIP_CERT SSL_CERT_FILE http_proxy https_proxy no_proxy DISPLAY; do
        [ -z "${!variable:-}" ] || kept+=("$variable=${!variable}")
    done
    env -i "${kept[@]}" chroot "$folder/$kind" "$@"
}

bootstrap() {  # as the user would type it, from the project's folder
    local kind=$1 who=root home
    shift
    [ "$kind" != user ] || who=tester
    home=$(in_root "$kind" getent passwd $who | cut -d: -f6)
    in_root "$kind" setpriv --reuid "$who" --regid "$who" --init-groups env "HOME=$home" \
        sh -c 'cd /home/tester/backstop && exec python3 packaging/bootstrap.py "$@"' sh "$@"
}

note() {
    echo "$*" | tee -a "$folder/times.txt"
}

fail() {
    note "FAILED $*"
    exit 1
}

without_display() {  # sets up all the same, then says so in one sentence, with exit code 2
    local log=$folder/$1.no-display.log code=0 began=$SECONDS
    (unset DISPLAY && bootstrap "$1" run) >"$log" 2>&1 || code=$?
    cat "$log"
    { [ $code = 2 ] && grep -q '^There is no display here' "$log"; } || fail "$1: no display, $code"
    note "$1: run without a display, environment made: $((SECONDS - began)) s"
}

told_line() {  # a user without root rights is told one line, which root types as it stands
    local log=$folder/$1.line.log code=0 line
    bootstrap "$1" "$2" >"$log" 2>&1 || code=$?
    cat "$log"
    [ $code = 2 ] || fail "$1: no line told for $2"
    line=$(sed -n 's/^    //p' "$log")
    in_root "$1" sh -c "$line" >"$folder/$1.apt.log" 2>&1 || fail "$1: the line does not work"
}

first_window() {
    local log=$folder/$1.run.log began=$SECONDS program
    set -m  # a process group of its own, to be ended as a whole
    bootstrap "$1" run >"$log" 2>&1 &
    program=$!
    set +m
    until xdotool search --onlyvisible --name . >/dev/null 2>&1; do
        kill -0 $program 2>/dev/null || { cat "$log" && fail "$1: no window"; }
        sleep 0.2
    done
    note "$1: run, from the command to the window: $((SECONDS - began)) s"
    sleep 3
    import -window root "$folder/$1.png"
    xdotool search --onlyvisible --name . | while read -r id; do xdotool getwindowname "$id"; done
    kill -- -$program
    wait $program || true
    cat "$log"
}

suite() {
    local log=$folder/$1.test.log began=$SECONDS
    bootstrap "$1" test >"$log" 2>&1 || { tail -40 "$log" && fail "$1: test"; }
    tail -3 "$log"
    note "$1: test: $((SECONDS - began)) s"
}

prove() {  # each kind in an order of its own, so that each command once meets an empty machine
    unpack "$1"
    enter "$1"
    case $1 in
        pip) first_window "$1"; suite "$1"; without_display "$1" ;;
        venv) suite "$1"; without_display "$1"; first_window "$1" ;;
        neither) without_display "$1"; first_window "$1"; suite "$1" ;;
        user)
            without_display "$1"
            told_line "$1" run; first_window "$1"
            told_line "$1" test; suite "$1"
            ;;
    esac
    leave "$1"
}

# The screen stays outside: what a window needs must come into the root by bootstrap.py alone.
exec 3< <(exec Xvfb -displayfd 1 -screen 0 1600x1000x24 2>/dev/null)
screen=$!
read -r number <&3
export DISPLAY=:$number
trap 'kill $screen; for kind in "$@"; do leave "$kind"; done' EXIT

note "--- $(date -u +%Y-%m-%dT%H:%MZ)"
for kind in "$@"; do prove "$kind"; done
note "proved: $*"
