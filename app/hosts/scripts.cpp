#include "hosts/scripts.h"

#include "values/shellword.h"

namespace tidemark {

namespace {

constexpr std::size_t LongestRun = 400;
constexpr qsizetype LongestLine = 60'000; // bytes of arguments; systems take 128 KiB and more

constexpr const char *Preamble = R"sh(LC_ALL=C; export LC_ALL; cd / 2>/dev/null
say() { printf 'tidemark:%s\n' "$1"; }
why() {
  e=$(ls -ld -- "$1" 2>&1 >/dev/null) || case $e in
    *'Permission denied') say denied; return ;;
    *'No such file or directory' | *'Not a directory') say missing; return ;;
  esac
  say "unreadable ${e##*: }"
}
)sh";

constexpr const char *Listing = R"sh(if ! [ -d "$d" ]; then
  if [ -e "$d" ]; then say not-a-folder; else why "$d"; fi
elif ! [ -r "$d" ] || ! [ -x "$d" ]; then say denied
elif find / -maxdepth 0 -printf '' 2>/dev/null; then
  say ok
  fast
elif stat -c '%f %s %Y' / >/dev/null 2>&1; then
  say slow
  slow
else say no-find
fi
)sh";

constexpr const char *Slow = R"sh( -exec sh -c 'for f; do
    if [ -d "$f" ] && ! [ -L "$f" ] && { ! [ -r "$f" ] || ! [ -x "$f" ]; }; then printf "x 0 0\n%s\0" "$f"; fi
    stat -c "%f %s %Y" -- "$f" 2>/dev/null && printf "%s\0" "$f"
  done' sh {} + ; }
)sh";

constexpr const char *Part = R"sh(exec 4>&1
most() { n=$(($3 - $1)); [ "$n" -le "$2" ] || n=$2; [ "$n" -ge 0 ] || n=0; }
bytes() { if [ "$2" -eq 0 ]; then head -c "$3" -- "$1"; else tail -c +$(($2 + 1)) -- "$1" | head -c "$3"; fi; }
part() {
  if ! [ -e "$1" ]; then why "$1"; return; fi
  if ! [ -f "$1" ]; then say not-a-file; return; fi
  if ! [ -r "$1" ]; then say denied; return; fi
  s=$(stat -L -c %s -- "$1" 2>/dev/null || wc -c <"$1") || { say "unreadable"; return; }
  most "$2" "$3" "$s"
  say "part $n"
  e=$({ { bytes "$1" "$2" "$n" || echo unreadable >&3; head -c "$n" /dev/zero; } 2>/dev/null | head -c "$n" >&4; } 3>&1)
  say "end $e"
}
many() {
  l=$1; e=; shift
  n=$((l * $#))
  if [ "$(head -q -c "$l" -- "$@" 2>/dev/null | wc -c)" -eq "$n" ]; then
    say "many $n"
    { head -q -c "$l" -- "$@"; head -c "$n" /dev/zero; } 2>/dev/null | head -c "$n"
    [ "$(head -q -c "$l" -- "$@" 2>/dev/null | wc -c)" -eq "$n" ] || e=unreadable
    say "end $e"
  else
    for f; do part "$f" 0 "$l"; done
  fi
}
)sh";

constexpr const char *Stream = R"sh(if ! [ -e "$f" ]; then why "$f"
elif ! [ -f "$f" ]; then say not-a-file
elif ! [ -r "$f" ]; then say denied
elif [ "$from" -gt 1 ]; then say ok; exec tail -c "+$from" -- "$f"
else say ok; exec cat -- "$f"
fi
)sh";

constexpr const char *Space = R"sh(if ! [ -e "$d" ]; then why "$d"; exit; fi
say ok
exec df -P -k -- "$d"
)sh";

// A pattern of find that means just this name.
QByteArray literally(const QByteArray &name)
{
    QByteArray pattern;
    for (const char c : name) {
        if (QByteArrayView("*?[]\\").contains(c))
            pattern += '\\';
        pattern += c;
    }
    return pattern;
}

QByteArray skipping(const std::vector<QByteArray> &names)
{
    if (names.empty())
        return {};
    QByteArray words = " -type d \\( -name " + shellWord(literally(names.front()));
    for (std::size_t i = 1; i < names.size(); ++i)
        words += " -o -name " + shellWord(literally(names[i]));
    return words + " \\) -prune";
}

} // namespace

QByteArray listScript(const HostListing &listing)
{
    const QByteArray depth
        = listing.depth > 0 ? " -maxdepth " + QByteArray::number(listing.depth) : QByteArray();
    const QByteArray find = R"sh(find "$d/." -mindepth 1)sh" + depth;
    return QByteArray(Preamble) + "d=" + shellWord(listing.folder) + "\nfast() { " + find
        + R"sh( \( -type d \( ! -readable -o ! -executable \) -printf 'x 0 0 %P\0' \) , -printf '%y %s %T@ %P\0')sh"
        + skipping(listing.skip) + "; }\nslow() { " + find + Slow + Listing;
}

std::size_t runLength(const std::vector<HostReader::Part> &parts, std::size_t from)
{
    const HostReader::Part &first = parts[from];
    qsizetype line = 0;
    std::size_t end = from;
    while (end < parts.size() && end - from < LongestRun && parts[end].offset == 0
        && parts[end].length == first.length && first.length > 0 && line < LongestLine)
        line += parts[end++].path.size() + 4;
    return std::max<std::size_t>(end - from, 1);
}

QByteArray partsScript(const std::vector<HostReader::Part> &parts)
{
    QByteArray script = QByteArray(Preamble) + Part;
    for (std::size_t from = 0; from < parts.size();) {
        const std::size_t count = runLength(parts, from);
        const HostReader::Part &first = parts[from];
        const QByteArray length = QByteArray::number(first.length);
        if (count == 1) {
            script += "part " + shellWord(first.path) + ' ' + QByteArray::number(first.offset) + ' ' + length;
        } else {
            script += "many " + length;
            for (std::size_t i = from; i < from + count; ++i)
                script += ' ' + shellWord(parts[i].path);
        }
        script += "\n";
        from += count;
    }
    return script;
}

QByteArray streamScript(const QByteArray &path, qint64 from)
{
    return QByteArray(Preamble) + "f=" + shellWord(path) + "\nfrom=" + QByteArray::number(from + 1) + '\n'
        + Stream;
}

QByteArray spaceScript(const QByteArray &folder)
{
    return QByteArray(Preamble) + "d=" + shellWord(folder) + '\n' + Space;
}

} // namespace tidemark
