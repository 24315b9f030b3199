#include "insight/nextsteps.h"

#include "values/conninfo.h"
#include "values/shellword.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("NextSteps", text);
}

template <class T>
const T *named(const std::vector<T> &all, const QString &name)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const T &one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

QString line(const QStringList &command)
{
    QStringList words;
    for (const QString &word : command)
        words.append(shellWordIfNeeded(word));
    return words.join(u' ');
}

// How libpq reaches the server, without any password.
QString connection(const Cluster &cluster)
{
    const ConnectSpec &how = cluster.connect;
    if (!how.service.isEmpty())
        return u"service="_s + how.service;
    QStringList parts;
    const auto add = [&](const char *key, const QString &value) {
        if (!value.isEmpty())
            parts.append(conninfoPair(QString::fromLatin1(key), value));
    };
    add("host", how.host);
    add("port", how.port > 0 ? QString::number(how.port) : QString());
    add("user", how.user);
    add("dbname", how.database);
    return parts.join(u' ');
}

// Gathers the lines, with what each is for as a comment above it.
class Steps
{
public:
    Steps(const Finding &finding, const Fleet &fleet)
        : m_finding(finding)
        , m_fleet(fleet)
        , m_cluster(named(fleet.clusters, finding.cluster))
        , m_source(named(fleet.sources, finding.source))
    {
    }

    [[nodiscard]] QString text() const { return m_lines.join(u'\n'); }
    void take(FindingAction action);

private:
    void say(const QString &comment)
    {
        // A name from outside stays in its comment.
        QString flat = comment;
        for (QChar &c : flat)
            if (c.category() == QChar::Other_Control)
                c = u' ';
        m_lines.append(u"# "_s + flat);
    }
    void run(const QStringList &command) { m_lines.append(line(command)); }
    void blank()
    {
        if (!m_lines.isEmpty())
            m_lines.append(QString());
    }
    void onHost(const Source &source)
    {
        const Host *host = named(m_fleet.hosts, source.host);
        say(host && !host->ssh.isEmpty()
                ? words(QT_TRANSLATE_NOOP("NextSteps", "%1, on %2")).arg(source.name, host->ssh)
                : words(QT_TRANSLATE_NOOP("NextSteps", "%1, on this machine")).arg(source.name));
    }
    [[nodiscard]] QStringList psql() const
    {
        QStringList command { u"psql"_s, u"--no-psqlrc"_s };
        if (m_cluster)
            command.append(u"--dbname="_s + connection(*m_cluster));
        return command;
    }
    // Values reach SQL as psql's own variables, which it quotes itself.
    void sql(const QStringList &statements, const QStringList &variables = {})
    {
        QStringList command = psql();
        for (const QString &variable : variables)
            command.append(u"--set="_s + variable);
        m_lines.append(line(command) + u" <<'SQL'"_s);
        m_lines.append(statements);
        m_lines.append(u"SQL"_s);
    }
    [[nodiscard]] QStringList pgBackRest(const Source &source, const QStringList &rest) const
    {
        QStringList command { u"pgbackrest"_s };
        if (!source.config.isEmpty())
            command.append(u"--config="_s + source.config);
        if (!source.stanza.isEmpty())
            command.append(u"--stanza="_s + source.stanza);
        return command + rest;
    }
    [[nodiscard]] std::vector<const Source *> sources() const
    {
        std::vector<const Source *> found;
        if (m_source)
            found.push_back(m_source);
        for (const Source &source : m_fleet.sources)
            if (!m_source && m_cluster && source.clusters.contains(m_cluster->name))
                found.push_back(&source);
        return found;
    }

    void takeBase();
    void takeBaseWith(const Source &source);
    void baseBackupInto(const QString &folder);
    void takeDump();
    void archiving();
    void verify();
    void verifyWith(const Source &source);
    void removeFiles();
    void retention();
    void freeSpace();
    void dropSlot();
    void clocks();
    void lookAt(const Source &source);
    void lookAtAll();

    const Finding &m_finding;
    const Fleet &m_fleet;
    const Cluster *m_cluster;
    const Source *m_source;
    QStringList m_lines;
};

QString stamped(const QString &folder, const QString &name)
{
    const QString place = folder.isEmpty() ? name : folder + u'/' + name;
    // Only the date is for the shell to fill in.
    return shellWordIfNeeded(place) + u"-$(date -u +%Y%m%dT%H%M%SZ)"_s;
}

void Steps::takeBaseWith(const Source &source)
{
    if (source.kind == SourceKind::PgBackRest) {
        onHost(source);
        run(pgBackRest(source, { u"--type=full"_s, u"backup"_s }));
    } else if (source.kind == SourceKind::Barman) {
        onHost(source);
        run({ u"barman"_s, u"backup"_s, source.stanza, u"--wait"_s });
    } else if (source.kind == SourceKind::BaseBackups) {
        onHost(source);
        baseBackupInto(source.path);
    }
}

void Steps::baseBackupInto(const QString &folder)
{
    QStringList command { u"pg_basebackup"_s };
    if (m_cluster)
        command.append(u"--dbname="_s + connection(*m_cluster));
    command += { u"--checkpoint=fast"_s, u"--wal-method=stream"_s, u"--progress"_s };
    m_lines.append(line(command) + u" --pgdata="_s + stamped(folder, m_finding.cluster));
}

void Steps::takeBase()
{
    const qsizetype before = m_lines.size();
    if (m_cluster)
        for (const Source &source : m_fleet.sources)
            if (source.clusters.contains(m_cluster->name))
                takeBaseWith(source);
    if (m_lines.size() == before) {
        say(words(QT_TRANSLATE_NOOP(
            "NextSteps", "The fleet file names no place for base backups of this cluster; choose one.")));
        baseBackupInto(u"/path/to/backups"_s);
    }
    blank();
    say(words(QT_TRANSLATE_NOOP("NextSteps", "Afterwards: what can be restored?")));
    run({ u"tidemarkctl"_s, u"windows"_s, m_finding.cluster });
}

void Steps::takeDump()
{
    const QString to = m_cluster ? connection(*m_cluster) : QString();
    const bool tellsDatabase = m_finding.code == u"dump.database-missing";
    const QString database = tellsDatabase ? m_finding.subject : m_finding.part;
    const QString folder = m_source ? m_source->path : QString();
    say(words(
        QT_TRANSLATE_NOOP("NextSteps", "The roles and tablespaces, which no dump of a database holds")));
    m_lines.append(line({ u"pg_dumpall"_s, u"--dbname="_s + to, u"--globals-only"_s }) + u" --file="_s
        + stamped(folder, u"globals"_s) + u".sql"_s);
    blank();
    say(words(QT_TRANSLATE_NOOP("NextSteps", "The database itself, and a look whether the dump is whole")));
    const QString file = stamped(folder, database.isEmpty() ? u"database"_s : database) + u".dump"_s;
    m_lines.append(u"file="_s + file);
    QStringList dump { u"pg_dump"_s, u"--dbname="_s + to, u"--format=custom"_s };
    if (!database.isEmpty())
        dump.append(database); // the last one that is named counts
    m_lines.append(line(dump) + u" --file=\"$file\""_s);
    m_lines.append(u"pg_restore --list \"$file\" > /dev/null"_s);
}

void Steps::archiving()
{
    say(words(QT_TRANSLATE_NOOP("NextSteps", "What the server says of its archiving")));
    sql({ u"SELECT name, setting, pending_restart FROM pg_settings"_s,
        u" WHERE name IN ('wal_level', 'archive_mode', 'archive_command', 'archive_library', 'archive_timeout');"_s,
        u"SELECT * FROM pg_stat_archiver;"_s });
    blank();
    if (m_finding.code == u"archiver.off" || m_finding.code == u"server.wal-minimal") {
        say(words(QT_TRANSLATE_NOOP(
            "NextSteps", "Archiving on; both take effect with the next restart of the server")));
        sql({ u"ALTER SYSTEM SET wal_level = 'replica';"_s, u"ALTER SYSTEM SET archive_mode = 'on';"_s });
    } else if (m_finding.code == u"settings.archive-timeout" && m_finding.limit) {
        say(words(QT_TRANSLATE_NOOP("NextSteps", "A segment is archived at least this often, full or not")));
        sql({ u"ALTER SYSTEM SET archive_timeout = :seconds;"_s, u"SELECT pg_reload_conf();"_s },
            { u"seconds=%1"_s.arg(qint64(*m_finding.limit)) });
    } else {
        say(words(QT_TRANSLATE_NOOP(
            "NextSteps", "After archive_command is mended: load it, and see whether a segment arrives")));
        sql({ u"SELECT pg_reload_conf();"_s, u"SELECT pg_switch_wal();"_s });
        run({ u"tidemarkctl"_s, u"risk"_s, m_finding.cluster });
    }
}

void Steps::verifyWith(const Source &source)
{
    if (source.kind == SourceKind::PgBackRest) {
        onHost(source);
        run(pgBackRest(source, { u"verify"_s }));
    } else if (source.kind == SourceKind::Barman) {
        onHost(source);
        run({ u"barman"_s, u"verify-backup"_s, source.stanza, u"latest"_s });
    } else if (source.kind == SourceKind::BaseBackups) {
        onHost(source);
        run({ u"pg_verifybackup"_s, source.path + u'/' + m_finding.subject });
    } else if (source.kind == SourceKind::Pbs) {
        say(words(QT_TRANSLATE_NOOP("NextSteps", "%1, on the backup server")).arg(source.name));
        run({ u"proxmox-backup-manager"_s, u"verify"_s, source.datastore });
    }
}

void Steps::verify()
{
    if (m_finding.code == u"base.no-manifest") {
        say(words(QT_TRANSLATE_NOOP("NextSteps",
            "Without a manifest nothing can be compared: restore it, or take one that has a manifest.")));
        return takeBase();
    }
    for (const Source *source : sources())
        verifyWith(*source);
    if (m_finding.code == u"proof.aged") {
        blank();
        say(words(QT_TRANSLATE_NOOP("NextSteps",
            "A check of the bytes proves no restore: restore it into an empty place and open it there.")));
    }
}

void Steps::removeFiles()
{
    say(words(
        QT_TRANSLATE_NOOP("NextSteps", "Look at each of them first. They are moved aside, not removed.")));
    const QString folder = m_source ? m_source->path : QString();
    run({ u"mkdir"_s, u"--parents"_s, folder + u"/set-aside"_s });
    QStringList names = m_finding.items;
    if (names.isEmpty())
        names.append(m_finding.subject);
    for (const QString &name : std::as_const(names))
        run({ u"mv"_s, u"--no-clobber"_s, u"--"_s, folder + u'/' + name, folder + u"/set-aside/"_s });
    if (m_finding.count > names.size())
        say(words(QT_TRANSLATE_NOOP("NextSteps", "and %1 more")).arg(m_finding.count - names.size()));
}

void Steps::retention()
{
    say(words(
        QT_TRANSLATE_NOOP("NextSteps", "What was promised stands in the fleet file under retention: %1"))
            .arg(m_finding.subject));
    if (m_source && m_source->kind == SourceKind::Pbs) {
        say(words(QT_TRANSLATE_NOOP("NextSteps", "What the prune jobs keep, on the backup server")));
        run({ u"proxmox-backup-manager"_s, u"prune-job"_s, u"list"_s });
    }
    for (const Source *source : sources())
        lookAt(*source);
}

void Steps::freeSpace()
{
    if (m_finding.code == u"server.wal-filling") {
        say(words(QT_TRANSLATE_NOOP("NextSteps", "Who keeps WAL on the server")));
        return sql({ u"SELECT slot_name, active, wal_status, restart_lsn FROM pg_replication_slots;"_s,
            u"SELECT count(*), pg_size_pretty(sum(size)) FROM pg_ls_waldir();"_s,
            u"SELECT * FROM pg_stat_archiver;"_s });
    }
    for (const Source *source : sources()) {
        if (source->kind == SourceKind::Pbs) {
            say(words(QT_TRANSLATE_NOOP(
                          "NextSteps", "%1, on the backup server: frees what no backup uses any more"))
                    .arg(source->name));
            run({ u"proxmox-backup-manager"_s, u"garbage-collection"_s, u"start"_s,
                source->datastore.isEmpty() ? m_finding.subject : source->datastore });
            continue;
        }
        onHost(*source);
        m_lines.append(
            line({ u"du"_s, u"--one-file-system"_s, u"--max-depth=1"_s, u"--human-readable"_s, source->path })
            + u" | sort --human-numeric-sort"_s);
    }
}

void Steps::dropSlot()
{
    say(words(QT_TRANSLATE_NOOP("NextSteps", "Who uses it, and how much it keeps")));
    const QStringList slot { u"slot="_s + m_finding.subject };
    sql({ u"SELECT slot_name, slot_type, active, wal_status,"_s,
            u"       pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS keeps"_s,
            u"  FROM pg_replication_slots WHERE slot_name = :'slot';"_s },
        slot);
    blank();
    say(words(QT_TRANSLATE_NOOP("NextSteps",
        "Only when nobody needs it any more: there is no way back, its reader must be made anew.")));
    sql({ u"SELECT pg_drop_replication_slot(:'slot');"_s }, slot);
}

void Steps::clocks()
{
    say(words(QT_TRANSLATE_NOOP("NextSteps", "The server's time, and this machine's")));
    sql({ u"SELECT clock_timestamp() AT TIME ZONE 'UTC';"_s });
    m_lines.append(u"date --utc +%FT%T.%N"_s);
    say(words(QT_TRANSLATE_NOOP("NextSteps", "On the machine whose clock is wrong")));
    run({ u"timedatectl"_s, u"status"_s });
}

void Steps::lookAt(const Source &source)
{
    if (source.kind == SourceKind::Pbs) {
        say(words(QT_TRANSLATE_NOOP("NextSteps", "%1, in the backup server's own words")).arg(source.name));
        return run({ u"tidemarkctl"_s, u"pbs"_s, u"snapshots"_s, source.name });
    }
    onHost(source);
    if (source.kind == SourceKind::PgBackRest) {
        run(pgBackRest(source, { u"info"_s }));
    } else if (source.kind == SourceKind::Barman) {
        run({ u"barman"_s, u"check"_s, source.stanza });
        run({ u"barman"_s, u"list-backups"_s, source.stanza });
    } else if (!source.path.isEmpty()) {
        run({ u"ls"_s, u"-l"_s, u"--"_s, source.path });
    }
}

void Steps::lookAtAll()
{
    for (const Source *source : sources())
        lookAt(*source);
    if (m_source)
        run({ u"tidemarkctl"_s, u"sources"_s });
}

void Steps::take(FindingAction action)
{
    switch (action) {
    case FindingAction::TakeBaseBackup:
        return takeBase();
    case FindingAction::TakeDump:
        return takeDump();
    case FindingAction::FixArchiving:
    case FindingAction::ShowServer:
        return archiving();
    case FindingAction::Verify:
        return verify();
    case FindingAction::RemoveFiles:
        return removeFiles();
    case FindingAction::SetRetention:
        return retention();
    case FindingAction::FreeSpace:
        return freeSpace();
    case FindingAction::DropSlot:
        return dropSlot();
    case FindingAction::SetClock:
        return clocks();
    case FindingAction::ShowSource:
    case FindingAction::ShowArtifact:
        return lookAtAll();
    case FindingAction::ShowTimeline:
    case FindingAction::ShowRuns:
    case FindingAction::CopyGrants:
    case FindingAction::TestConnection:
    case FindingAction::ReviewCertificate:
    case FindingAction::EditFleet:
    case FindingAction::ReadNow:
        return;
    }
}

} // namespace

QString nextSteps(const Finding &finding, const Fleet &fleet)
{
    const FindingKind *kind = findingKind(finding.code);
    if (!kind)
        return {};
    Steps steps(finding, fleet);
    steps.take(kind->action);
    return steps.text();
}

} // namespace tidemark
