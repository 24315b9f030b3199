#include "hands/jobscripts.h"

#include "values/shellword.h"

namespace tidemark {

namespace {

constexpr qint64 Portion = 256 << 10;

constexpr const char *Preamble = R"sh(LC_ALL=C; export LC_ALL; umask 077; cd /
b=${HOME:-/nonexistent}
[ -d "$b" ] && [ -w "$b" ] || b=/var/tmp/tidemark-$(id -u)
b=$b/.tidemark/jobs
j=$b/$id
born() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 1,20; }
boot() { cat /proc/sys/kernel/random/boot_id 2>/dev/null; }
# Its first process, or others of its group after that one was killed.
alive() {
  read -r p birth host <"$j/pid" || return 1
  [ "$host" = "$(boot)" ] || return 1
  now=$(born "$p")
  case $now in
    '' | Z*) cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' | cut -d ' ' -f 1,3 | grep -q "^[^ZX] $p\$" ;;
    *" $birth") return 0 ;;
    *) return 1 ;;
  esac
}
state() {
  if [ -e "$j/exit" ]; then s=ended
  elif ! [ -d "$j/claim" ]; then s=none
  elif ! [ -e "$j/pid" ]; then s=begins
  elif alive; then s=running
  elif [ -e "$j/exit" ]; then s=ended
  else s=lost
  fi
}
watch() { # position, ticks
  n=0; began=0
  while :; do
    state
    size=$(wc -c 2>/dev/null <"$j/out") || size=0
    size=$((size))
    if [ "$s" = begins ]; then
      began=$((began + 1))
      [ "$began" -lt 60 ] || { s=lost; break; }
    elif [ "$s" != running ] || [ "$size" -gt "$1" ] || [ "$n" -ge "$2" ]; then break
    fi
    n=$((n + 1))
    if [ "$n" -le 20 ]; then sleep 0.02; else sleep 0.1; fi
  done
  x=0
  [ "$s" != ended ] || x=$(cat "$j/exit")
  printf '%s %s %s\n' "$s" "$x" "$size"
  [ "$size" -le "$1" ] || tail -c "+$(($1 + 1))" "$j/out" | head -c "$portion"
}
)sh";

// The job's own shell: it lives on when its group is asked to end, so that the end is known.
constexpr const char *Runner = R"sh(trap : TERM HUP INT
mkdir "$1/claim" 2>/dev/null || exit 0
set -- "$1" "$(sed 's/.*) //' /proc/$$/stat | cut -d ' ' -f 20)" "$(cat /proc/sys/kernel/random/boot_id)"
printf '%s %s %s\n' "$$" "$2" "$3" >"$1/pid.new" && mv "$1/pid.new" "$1/pid" || exit 1
(trap - TERM HUP INT; exec sh "$1/script") >"$1/out" 2>&1 </dev/null
printf '%s\n' "$?" >"$1/exit.new" && mv "$1/exit.new" "$1/exit"
)sh";

constexpr const char *Start = R"sh(mkdir -p "$j" || exit 73
[ "$(stat -c %u "$b")" = "$(id -u)" ] || { echo "$b belongs to somebody else" >&2; exit 73; }
if ! [ -d "$j/claim" ]; then
  printf %s "$script" >"$j/script.$$" && mv "$j/script.$$" "$j/script" || exit 73
  setsid sh -c "$runner" sh "$j" </dev/null >/dev/null 2>&1 &
  n=0
  while ! [ -d "$j/claim" ] && [ "$n" -lt 250 ]; do n=$((n + 1)); sleep 0.02; done
fi
watch 0 20
)sh";

constexpr const char *End = R"sh(state
if [ "$s" = running ]; then
  read -r p birth host <"$j/pid"
  kill -s TERM -- "-$p" 2>/dev/null
  n=0
  while [ "$n" -lt 100 ] && state && [ "$s" = running ]; do n=$((n + 1)); sleep 0.1; done
  if [ "$s" = running ]; then
    kill -s KILL -- "-$p" 2>/dev/null
    sleep 0.1
  fi
fi
watch 0 0
)sh";

constexpr const char *Forget = R"sh(state
case $s in running | begins) exit 75 ;; esac
rm -rf -- "$j"
rmdir "$b" "${b%/jobs}" 2>/dev/null
exit 0
)sh";

QByteArray head(const QString &id)
{
    return "id=" + shellWord(id.toUtf8()) + "\nportion=" + QByteArray::number(Portion) + '\n' + Preamble;
}

} // namespace

QByteArray startJobScript(const QString &id, const QByteArray &script)
{
    return "script=" + shellWord(script) + "\nrunner=" + shellWord(QByteArray(Runner)) + '\n' + head(id)
        + Start;
}

QByteArray lookJobScript(const QString &id, qint64 from, std::chrono::milliseconds patience)
{
    // 20 short ticks of 20 ms, then long ones.
    const auto quick = std::min<qint64>(patience.count() / 20, 20);
    const qint64 ticks = quick + std::max<qint64>(patience.count() - quick * 20, 0) / 100;
    return head(id) + "watch " + QByteArray::number(from) + ' ' + QByteArray::number(ticks) + '\n';
}

QByteArray endJobScript(const QString &id)
{
    return head(id) + End;
}

QByteArray forgetJobScript(const QString &id)
{
    return head(id) + Forget;
}

} // namespace tidemark
