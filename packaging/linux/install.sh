#!/bin/sh
# Installs Backstop for the user who runs this, without any rights: nothing outside the home folder.
#
#   ./install.sh              installs it, or this version over an older one
#   ./install.sh --remove     removes it; books, settings and backups stay
set -eu

here=$(cd "$(dirname "$0")" && pwd)
program=$HOME/.local/lib/backstop
command=$HOME/.local/bin/backstop
share=${XDG_DATA_HOME:-$HOME/.local/share}

say() {  # in Chinese where the locale asks for it
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
        zh*) printf '%s\n' "$2" ;;
        *) printf '%s\n' "$1" ;;
    esac
}

tell_desktop() {  # whoever lists programs and kinds of files may keep lists of their own
    if command -v update-desktop-database >/dev/null && [ -d "$share/applications" ]; then
        update-desktop-database -q "$share/applications" || true
    fi
    if command -v update-mime-database >/dev/null && [ -d "$share/mime/packages" ]; then
        update-mime-database "$share/mime" || true
    fi
}

shared_files() {  # from the bundle's folder, or from where it is installed
    (cd "$1" && find . -type f | sed 's|^\./||')
}

put_shared() {
    shared_files "$here/share" | while IFS= read -r file; do
        mkdir -p "$share/$(dirname "$file")"
        cp "$here/share/$file" "$share/$file"
    done
    # A quoted path: the home folder may have a space in its name.
    sed "s|^Exec=backstop|Exec=\"$program/backstop\"|" \
        "$here/share/applications/backstop.desktop" >"$share/applications/backstop.desktop"
}

remove_shared() {
    [ -f "$program/shared-files" ] || return 0
    while IFS= read -r file; do
        rm -f "$share/$file"
        # Folders that only we needed; one that holds something else stays.
        (cd "$share" && rmdir -p "$(dirname "$file")" 2>/dev/null) || true
    done <"$program/shared-files"
}

drop_lists() {  # the desktop's own lists, where nothing is left for them to tell of
    if [ -z "$(find "$share/applications" -type f ! -name mimeinfo.cache 2>/dev/null)" ]; then
        rm -f "$share/applications/mimeinfo.cache"
        rmdir "$share/applications" 2>/dev/null || true
    fi
    [ -d "$share/mime/packages" ] || rm -rf "$share/mime"
}

install() {
    rm -rf "$program.new"
    mkdir -p "$program.new" "$(dirname "$command")" "$share"
    cp -R "$here/program/." "$program.new"
    cp "$0" "$program.new/install.sh"
    shared_files "$here/share" >"$program.new/shared-files"
    remove_shared
    rm -rf "$program"
    mv "$program.new" "$program"
    ln -sf "$program/backstop" "$command"
    put_shared
    tell_desktop
    say "Backstop is installed: start it from the menu, or with $command" \
        "备援已安装：请从菜单启动，或运行 $command"
    say "To remove it: $program/install.sh --remove" "卸载：$program/install.sh --remove"
}

remove() {
    remove_shared
    rm -rf "$program" "$program.new"
    rm -f "$command"
    rmdir "$(dirname "$program")" "$(dirname "$command")" 2>/dev/null || true
    tell_desktop
    drop_lists
    say "Backstop is removed. Your books, settings and backups stay where they are." \
        "备援已卸载。账本、设置和备份都保留在原处。"
}

case ${1:-} in
    '') install ;;
    --remove) remove ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 2 ;;
esac
