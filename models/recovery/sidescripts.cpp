#include "recovery/sidescripts.h"

#include "recovery/recipe.h"
#include "values/settingvalue.h"
#include "values/shellword.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr auto Functions = R"sh(fail() { echo "$*" >&2; exit 1; }
sql() { psql -XAtq -v ON_ERROR_STOP=1 -h "$own/socket" -p "$port" -U "$user" -d template1 -c "$1"; }
running() { "$bin/pg_ctl" status -D "$data" >/dev/null 2>&1; }
)sh"_L1;

// What the backup's label says, and how its files come into the data directory.
constexpr auto Plain = R"sh(label() { cat -- "$backup/backup_label"; }
)sh"_L1;
constexpr auto Packed = R"sh(base=$(ls "$backup"/base.tar "$backup"/base.tar.* 2>/dev/null | head -n 1)
unpack() {
  case $1 in
    *.gz) gzip -dc -- "$1" ;;
    *.zst) zstd -dcq -- "$1" ;;
    *.lz4) lz4 -dcq -- "$1" ;;
    *) cat -- "$1" ;;
  esac
}
label() { unpack "$base" 2>/dev/null | tar -xOf - --occurrence=1 backup_label; }
)sh"_L1;

constexpr auto CheckPlain
    = R"sh([ -r "$backup/PG_VERSION" ] || fail "$backup holds no base backup that can be read"
[ -r "$backup/backup_label" ] || fail "$backup has no backup_label: it is not a backup, or was started already"
version=$(cat "$backup/PG_VERSION")
[ "$version" = "$program" ] || fail "the backup is of PostgreSQL $version, $bin has $program"
[ -z "$(ls -A "$backup/pg_tblspc" 2>/dev/null)" ] || fail "the backup has tablespaces: their places have to be mapped"
)sh"_L1;
constexpr auto CheckPacked = R"sh([ -r "$base" ] || fail "$backup holds no base.tar that can be read"
for file in "$backup"/[0-9]*.tar "$backup"/[0-9]*.tar.*; do
  [ ! -e "$file" ] || fail "the backup has tablespaces: their places have to be mapped"
done
[ -n "$(label)" ] || fail "$base does not begin with a backup_label that can be read"
)sh"_L1;

constexpr auto CopyPlain = R"sh(cp -a -- "$backup/." "$data/"
)sh"_L1;
constexpr auto CopyPacked = R"sh(wal=$(ls "$backup"/pg_wal.tar "$backup"/pg_wal.tar.* 2>/dev/null | head -n 1)
unpack "$base" >"$own/pipe.1" &
packed=$!
tar -xf "$own/pipe.1" -C "$data"
wait "$packed" || fail "$base cannot be unpacked"
if [ -n "$wal" ]; then
  unpack "$wal" >"$own/pipe.1" &
  packed=$!
  tar -xf "$own/pipe.1" -C "$data/pg_wal"
  wait "$packed" || fail "$wal cannot be unpacked"
fi
rm -f "$own/pipe.1"
)sh"_L1;

QString setting(const QString &name, const QString &value)
{
    return name + u" = "_s + settingValue(value) + u'\n';
}

// As the server's own settings say where to stop.
QString targetSettings(const WalTarget &target)
{
    QString text;
    if (target.kind == WalTarget::Kind::Lsn)
        text = setting(u"recovery_target_lsn"_s, target.lsn.toString());
    else if (target.kind == WalTarget::Kind::Time)
        text = setting(u"recovery_target_time"_s, targetTime(target.at));
    else if (target.kind == WalTarget::Kind::Xid)
        text = setting(u"recovery_target_xid"_s, QString::number(target.xid));
    else if (target.kind == WalTarget::Kind::Name)
        text = setting(u"recovery_target_name"_s, target.name);
    if (target.kind != WalTarget::Kind::Name)
        text += setting(u"recovery_target_inclusive"_s, target.inclusive ? u"on"_s : u"off"_s);
    return text + setting(u"recovery_target_timeline"_s, QString::number(target.timeline.value))
        + setting(u"recovery_target_action"_s, u"pause"_s);
}

} // namespace

SideScripts::SideScripts(const RecoverRequest &request, const RecoverFacts &facts, const WalTarget &target)
    : m_request(request)
    , m_facts(facts)
    , m_target(target)
    , m_own(request.directory + u"/tidemark"_s)
{
}

QString SideScripts::head() const
{
    return u"set -eu\ndata=%1\nown=%2\nbin=%3\nport=%4\nuser=%5\nbackup=%6\narchive=%7\n"_s.arg(
               shellWord(m_request.directory), shellWord(m_own), shellWord(m_request.binaries),
               QString::number(m_request.port), shellWord(m_request.superuser),
               shellWord(m_facts.chain.back().location), shellWord(m_facts.walFolder))
        + Functions + (isPacked() ? Packed : Plain);
}

bool SideScripts::isPacked() const
{
    return m_facts.chain.back().format == "tar"_L1;
}

// Through printf, which takes a word as it is.
QString SideScripts::here(const QString &file, const QString &content) const
{
    return u"printf %s "_s + shellWord(content) + u" >\"$own/"_s + file + u"\"\n"_s;
}

QString SideScripts::checkPlace() const
{
    const auto size = m_facts.chain.back().size;
    return head() + u"known=%1\n"_s.arg(size ? size->count / 1024 : 0)
        + uR"sh([ "$(id -u)" != 0 ] || fail "PostgreSQL does not run as root: name the account in the fleet file (run_as)"
if [ -e "$data" ] && [ -n "$(ls -A "$data")" ]; then
  fail "$data is not empty; choose a new directory"
fi
parent=$data
while ! [ -d "$parent" ]; do parent=$(dirname "$parent"); done
[ -w "$parent" ] || fail "$(id -un) may not write in $parent"
need=$(du -sk "$backup" | cut -f 1)
[ "$known" -lt "$need" ] || need=$known
room=$(df -Pk "$parent" | awk 'NR == 2 { print $4 }')
echo "needed: $need KiB and what WAL makes of it; free in $parent: $room KiB"
[ "$room" -gt $((need + need / 5 + 1048576)) ] || fail "not enough room in $parent"
if [ -e "/tmp/.s.PGSQL.$port" ] || [ -e "/var/run/postgresql/.s.PGSQL.$port" ]; then
  fail "port $port is another server's"
fi
)sh"_s;
}

QString SideScripts::checkBackup() const
{
    return head() + u"last=%1\n"_s.arg(shellWord(m_facts.lastSegment))
        + uR"sh([ -x "$bin/postgres" ] || fail "$bin/postgres is not there; install that version of PostgreSQL"
program=$("$bin/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
)sh"_s + (isPacked() ? CheckPacked : CheckPlain)
        + uR"sh([ -r "$archive" ] || fail "$archive cannot be read"
first=$(label | sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\)).*/\1/p')
[ -n "$first" ] || fail "the backup's label cannot be read"
for name in "$first" "$last"; do
  found=$(ls "$archive/$name"* 2>/dev/null | head -n 1)
  [ -n "$found" ] || [ -e "$backup/pg_wal/$name" ] || fail "$name is needed and not in $archive"
done
echo "backup for PostgreSQL $program, from $first; recovery needs WAL up to $last"
)sh"_s;
}

QString SideScripts::copy() const
{
    return head() + u"mark=%1\n"_s.arg(shellWord(m_request.cluster + u' ' + m_facts.chain.back().id))
        + uR"sh(running && fail "a server runs in $data"
if [ -n "$(ls -A "$data" 2>/dev/null)" ] && [ "$(cat "$own/mark" 2>/dev/null)" != "$mark" ]; then
  fail "$data holds something else"
fi
mkdir -p "$data" "$own"
chmod 700 "$data" "$own"
printf '%s\n' "$mark" >"$own/mark"
(set -- "$backup"; while sleep 5; do echo "copied $(du -sk "$data" | cut -f 1) of $(du -sk "$1" | cut -f 1) KiB"; done) &
watch=$!
trap 'kill $watch 2>/dev/null || :' EXIT
)sh"_s + (isPacked() ? u"rm -f \"$own/pipe.1\"; mkfifo \"$own/pipe.1\"\n"_s + CopyPacked : QString(CopyPlain))
        + uR"sh(rm -f "$data/postmaster.pid" "$data/postmaster.opts"
sync
)sh"_s;
}

QString SideScripts::serverConfiguration() const
{
    const QString command
        = u"sh "_s + shellWord(m_own + u"/fetch"_s).replace(u'%', u"%%"_s) + u" %f \"%p\""_s;
    return setting(u"data_directory"_s, m_request.directory)
        + setting(u"hba_file"_s, m_own + u"/pg_hba.conf"_s)
        + setting(u"ident_file"_s, m_own + u"/pg_ident.conf"_s) + u"port = %1\n"_s.arg(m_request.port)
        + setting(u"listen_addresses"_s, {}) + setting(u"unix_socket_directories"_s, socketFolder())
        + u"unix_socket_permissions = 0700\narchive_mode = off\narchive_command = ''\nprimary_conninfo = ''\n"
          "primary_slot_name = ''\nhot_standby = on\nshared_preload_libraries = ''\n"
          "max_logical_replication_workers = 0\nlogging_collector = off\nlc_messages = 'C'\n"
          "log_line_prefix = '%m [%p] '\n"_s
        + setting(u"restore_command"_s, command) + targetSettings(m_target);
}

// "Not there" is an ordinary end of WAL for the server: it may hear it only where one is expected.
QString SideScripts::fetch() const
{
    return u"# fetch NAME TO: one file of the archive\narchive=%1\nlast=%2\n"_s.arg(
               shellWord(m_facts.walFolder), shellWord(m_facts.lastSegment))
        + uR"sh(name=$1
to=$2
trouble() { rm -f "$to.part"; echo "fetch: $*" >&2; exit 200; }
for ending in '' .gz .zst .lz4 .bz2; do
  from=$archive/$name$ending
  [ -e "$from" ] || continue
  case $ending in
    '') cp -- "$from" "$to.part" ;;
    .gz) gzip -dc -- "$from" >"$to.part" ;;
    .zst) zstd -dcq -- "$from" >"$to.part" ;;
    .lz4) lz4 -dcq -- "$from" >"$to.part" ;;
    .bz2) bzip2 -dc -- "$from" >"$to.part" ;;
  esac || trouble "$from cannot be read"
  mv -f -- "$to.part" "$to" || trouble "$to cannot be written"
  exit 0
done
ls "$archive" >/dev/null 2>&1 || trouble "$archive cannot be read"
case $name in *.history) exit 1 ;; esac
number=${name#????????}
for other in "$archive"/????????"$number" "$archive"/????????"$number".*; do
  [ -e "$other" ] && exit 1 # of another timeline, which is asked for next
done
if [ "$number" != "${last#????????}" ] &&
   [ "$(printf '%s\n%s\n' "$number" "${last#????????}" | LC_ALL=C sort | head -n 1)" = "${last#????????}" ]; then
  exit 1 # behind the last one that is needed
fi
trouble "$name is needed and not in $archive"
)sh"_s;
}

QString SideScripts::configure() const
{
    return head() + uR"sh(running && fail "a server runs in $data"
program=$("$bin/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
[ "$(cat "$data/PG_VERSION")" = "$program" ] || fail "the backup is of PostgreSQL $(cat "$data/PG_VERSION"), $bin has $program"
if grep -q . "$data/tablespace_map" 2>/dev/null; then fail "the backup has tablespaces: their places have to be mapped"; fi
mkdir -p "$own/socket"
chmod 700 "$own/socket"
)sh"_s + here(u"postgresql.conf"_s, serverConfiguration())
        + here(u"pg_hba.conf"_s, u"local all all trust\n"_s) + here(u"pg_ident.conf"_s, u"\n"_s)
        + here(u"fetch"_s, fetch()) + uR"sh("$bin/pg_controldata" -D "$data" | sed -n '
  s/^max_prepared_xacts setting: */max_prepared_transactions = /p
  s/^max_locks_per_xact setting: */max_locks_per_transaction = /p
  s/^\(max_[a-z]*_*[a-z]*\) setting: */\1 = /p
' | grep -v '^max_prepared_xacts\|^max_locks_per_xact' >>"$own/postgresql.conf"
for file in postgresql.auto.conf standby.signal; do
  if [ -e "$data/$file" ]; then mv -f "$data/$file" "$own/$file.of-the-backup"; fi
done
: >"$data/postgresql.auto.conf"
: >"$data/recovery.signal"
cat "$own/postgresql.conf"
)sh"_s;
}

QString SideScripts::checkSettings() const
{
    return head()
        + u"lsn=%1\n"_s.arg(
            shellWord(m_target.kind == WalTarget::Kind::Lsn ? m_target.lsn.toString() : QString()))
        + uR"sh(value() { "$bin/postgres" -D "$data" -c "config_file=$own/postgresql.conf" -C "$1"; }
expect() { said=$(value "$1"); [ "$said" = "$2" ] || fail "$1 is \"$said\" and has to be \"$2\""; echo "$1 = $said"; }
expect archive_mode off
expect primary_conninfo ''
expect listen_addresses ''
expect shared_preload_libraries ''
expect max_logical_replication_workers 0
expect hot_standby on
expect recovery_target_action pause
expect recovery_target_lsn "$lsn"
[ -e "$data/recovery.signal" ] || fail "recovery.signal is missing: the server would not recover"
[ ! -e "$data/standby.signal" ] || fail "standby.signal is there: the server would never leave recovery"
sh "$own/fetch" 00000000FFFFFFFFFFFFFFFF "$own/probe" && fail "the archive has what cannot be there"
first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\)).*/\1/p' "$data/backup_label")
sh "$own/fetch" "$first" "$own/probe" || fail "$first cannot be fetched"
rm -f "$own/probe"
echo "fetching a real and an impossible segment does what it has to"
)sh"_s;
}

QString SideScripts::start() const
{
    const QString option = u"-c config_file="_s + shellWord(m_own + u"/postgresql.conf"_s);
    return head() + u"options=%1\n"_s.arg(shellWord(option))
        + uR"sh(running && fail "a server runs in $data already"
"$bin/pg_ctl" start -W -D "$data" -l "$own/server.log" -o "$options"
n=0
until running; do
  n=$((n + 1))
  if [ "$n" -gt 300 ] || grep -q 'FATAL\|PANIC' "$own/server.log" 2>/dev/null; then
    tail -n 20 "$own/server.log"
    fail "the server did not start"
  fi
  sleep 0.1
done
)sh"_s;
}

QString SideScripts::lookStarted() const
{
    return head() + uR"sh(running && exit 0
if [ -e "$own/server.log" ]; then cat "$own/server.log"; exit 2; fi
exit 1
)sh"_s;
}

QString SideScripts::wait() const
{
    const Artifact &base = m_facts.chain.back();
    const bool known = m_target.kind == WalTarget::Kind::Lsn && base.startLsn;
    const QString share = known
        ? u"round(100 * least(1, pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '%1') / greatest(1, pg_wal_lsn_diff('%2', '%1')))) || ' % to %2'"_s
              .arg(base.startLsn->toString(), m_target.lsn.toString())
        : u"''"_s;
    return head() + u"progress=%1\n"_s.arg(shellWord(share)) + uR"sh(before=
while :; do
  if ! running; then
    tail -n 20 "$own/server.log"
    fail "the server ended before the target: $(grep -h 'FATAL\|PANIC' "$own/server.log" | tail -n 1)"
  fi
  if row=$(sql "SELECT pg_is_in_recovery() || ' ' || pg_is_wal_replay_paused() || ' ' || coalesce(pg_last_wal_replay_lsn()::text, '-')" 2>/dev/null); then
    case $row in
      false*) fail "recovery ended by itself: the copy is open, and not at the target" ;;
      "true true "*) echo "waits at ${row##* }"; break ;;
    esac
    now=$(sql "SELECT 'replayed to ' || pg_last_wal_replay_lsn() || ', commits up to ' || coalesce(pg_last_xact_replay_timestamp()::text, '-') || ' ' || $progress")
  else
    now="before the consistent point: $(tail -n 1 "$own/server.log")"
  fi
  [ "$now" = "$before" ] || echo "$now"
  before=$now
  sleep 1
done
)sh"_s;
}

QString SideScripts::prove() const
{
    const auto &told = m_facts.prediction;
    const QString kept = told && told->last ? told->last->lsn.toString() : QString();
    // Of the commit that it stops behind the server does not remember the time, only of those before.
    const bool remembered = m_target.kind != WalTarget::Kind::Lsn || !m_target.inclusive;
    const QString at = told && told->last && remembered ? targetTime(told->last->at) : QString();
    const QString end
        = m_target.kind == WalTarget::Kind::Lsn && !m_target.inclusive ? m_target.lsn.toString() : QString();
    return head()
        + u"kept=%1\nkept_at=%2\nend=%3\nlast=%4\n"_s.arg(
            shellWord(kept), shellWord(at), shellWord(end), shellWord(m_facts.lastSegment))
        + uR"sh(holds() { [ "$(sql "SELECT $2")" = t ] || fail "not proven: $1 ($(sql "SELECT pg_last_wal_replay_lsn() || ', last commit ' || coalesce(pg_last_xact_replay_timestamp()::text, 'none')"))"; echo "holds: $1"; }
running || fail "the server does not run"
holds "in recovery, read-only" "pg_is_in_recovery() AND current_setting('transaction_read_only') = 'on'"
holds "waits at its target" "pg_is_wal_replay_paused()"
holds "archives nothing" "current_setting('archive_mode') = 'off'"
if [ -n "$kept" ]; then
  holds "the last commit to keep, at $kept, is replayed" "pg_last_wal_replay_lsn() > '$kept'"
fi
if [ -n "$kept_at" ]; then
  holds "its time, $kept_at, is reached" "pg_last_xact_replay_timestamp() >= '$kept_at'"
fi
[ -z "$end" ] || holds "nothing from $end on is replayed" "pg_last_wal_replay_lsn() <= '$end'"
restored=$(sed -n 's/.*restored log file "\([0-9A-F]\{24\}\)" from archive.*/\1/p' "$own/server.log" | tail -n 1)
[ -n "$restored" ] || fail "not proven: no segment came from the archive"
[ "${restored%????????????????}" = "${last%????????????????}" ] || fail "not proven: the last segment, $restored, is of another timeline than $last"
echo "holds: the last segment, $restored, is of the timeline that was asked for"
sql "SELECT 'database ' || datname || ', ' || pg_size_pretty(pg_database_size(oid)) FROM pg_database WHERE datallowconn ORDER BY 1"
)sh"_s;
}

QString SideScripts::promote() const
{
    return head() + uR"sh("$bin/pg_ctl" promote -w -t 3600 -D "$data"
)sh"_s;
}

QString SideScripts::lookPromoted() const
{
    return head() + uR"sh(case $(sql "SELECT pg_is_in_recovery()") in
  f) exit 0 ;;
  t) exit 1 ;;
esac
exit 2
)sh"_s;
}

QString SideScripts::checkOpen() const
{
    return head() + u"timeline=%1\n"_s.arg(m_target.timeline.value)
        + uR"sh([ "$(sql "SELECT pg_is_in_recovery()")" = f ] || fail "the copy is still in recovery"
[ "$(sql "SELECT current_setting('archive_mode')")" = off ] || fail "the copy archives its WAL"
now=$(sql "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int")
[ "$now" -gt "$timeline" ] || fail "the copy is on timeline $now, which is not a new one"
history=$(printf '%s/pg_wal/%08X.history' "$data" "$now")
line=$(grep . "$history" | tail -n 1)
parent=$(printf '%s\n' "$line" | cut -f 1)
[ "$parent" = "$timeline" ] || fail "the copy came from timeline $parent, not from $timeline"
echo "open, on timeline $now, from timeline $parent: $(printf '%s\n' "$line" | cut -f 3)"
)sh"_s;
}

QString SideScripts::stop() const
{
    return head() + uR"sh(running || { echo "it does not run"; exit 0; }
"$bin/pg_ctl" stop -w -m fast -D "$data"
)sh"_s;
}

QString SideScripts::remove() const
{
    return head() + u"mark=%1\n"_s.arg(shellWord(m_request.cluster + u' ' + m_facts.chain.back().id))
        + uR"sh([ -e "$data" ] || { echo "it is gone"; exit 0; }
running && fail "a server runs in $data"
[ "$(cat "$own/mark" 2>/dev/null)" = "$mark" ] || fail "$data was not made by this plan"
rm -rf -- "$data"
)sh"_s;
}

} // namespace tidemark
