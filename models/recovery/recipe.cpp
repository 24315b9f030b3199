#include "recovery/recipe.h"

#include "values/conninfo.h"
#include "values/settingvalue.h"
#include "values/shellword.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

const QString DataDirectory = u"DATA_DIRECTORY"_s;

QString lineOf(const QStringList &words)
{
    return readableShellLine(words);
}

// Recovery that is to go as far as WAL leads has no target.
bool hasTarget(const RestorePath &path)
{
    return path.withWal && path.answer.kind == Answer::Kind::Exact;
}

// A program that talks to the server to restore into.
QStringList client(const QString &program)
{
    return { program, u"-h"_s, u"TARGET_HOST"_s, u"-p"_s, u"TARGET_PORT"_s };
}

// libpq reads a name with "=" in it, or one that begins like a URI, as a whole connection string.
QString connectTo(const QString &database)
{
    const bool plain = !database.contains(u'=') && !database.contains(u"://");
    return u"--dbname="_s + (plain ? database : conninfoPair(u"dbname"_s, database));
}

// What unpacks a packed dump, which psql and pg_restore do not; empty: it is not packed as a whole.
QString unpackerOf(const Artifact &dump)
{
    struct Packing {
        QLatin1StringView suffix;
        QLatin1StringView name;
        QLatin1StringView program;
    };
    static constexpr Packing known[] { { ".gz"_L1, "gzip"_L1, "gzip"_L1 },
        { ".zst"_L1, "zstd"_L1, "zstd"_L1 }, { ".lz4"_L1, "lz4"_L1, "lz4"_L1 },
        { ".bz2"_L1, "bzip2"_L1, "bzip2"_L1 } };
    if (dump.format == u"directory")
        return {};
    for (const Packing &one : known)
        if (dump.location.endsWith(one.suffix) || (dump.format == u"plain" && dump.compression == one.name))
            return QString(one.program);
    return {};
}

QString timelineOf(const RestorePath &path)
{
    return path.wal ? QString::number(path.wal->timeline.value) : u"latest"_s;
}

class Kitchen
{
public:
    Kitchen(const RestorePath &path, const std::vector<Artifact> &chain, const Source &from,
        const WalArchive *walFrom, const Source *walSource)
        : m_path(path)
        , m_chain(chain)
        , m_last(chain.back())
        , m_from(from)
        , m_walFrom(walFrom)
        , m_walSource(walSource)
    {
    }

    Recipe made()
    {
        switch (m_last.kind) {
        case ArtifactKind::Dump:
        case ArtifactKind::Globals:
            dumps();
            break;
        case ArtifactKind::VmSnapshot:
            snapshot();
            break;
        case ArtifactKind::BaseBackup:
            base();
            break;
        }
        return std::move(m_made);
    }

private:
    void note(Recipe::Note one) { m_made.notes.push_back(one); }
    void run(const QStringList &words) { m_made.commands.append(lineOf(words)); }
    void set(const QString &name, const QString &value)
    {
        m_made.settings.append(name + u" = "_s + settingValue(value));
    }

    void check(Recipe::Note one) { m_made.checks.push_back(one); }
    void look(const QStringList &words) { m_made.looks.append(lineOf(words)); }
    void lookAtServer()
    {
        look(client(u"psql"_s)
            << u"--dbname=postgres"_s
            << u"--command=SELECT pg_is_in_recovery(), timeline_id FROM pg_control_checkpoint()"_s);
        check(Recipe::Note::Compare);
    }

    // psql reads --file, pg_restore a name at the end; both read what is unpacked from their input.
    void feed(QStringList words, const Artifact &dump, const QString &option)
    {
        const QString unpacker = unpackerOf(dump);
        if (unpacker.isEmpty())
            return run(words << option + dump.location);
        m_made.commands.append(
            lineOf({ unpacker, u"-dc"_s, u"--"_s, dump.location }) + u" | "_s + lineOf(words));
    }

    void dumps()
    {
        m_made.into = Recipe::Into::Server;
        const bool globals = m_chain.front().kind == ArtifactKind::Globals;
        const bool ofAll = m_last.withGlobals == m_last.id && !m_last.id.isEmpty();
        for (const Artifact &artifact : m_chain)
            if (artifact.kind == ArtifactKind::Globals || ofAll)
                feed(client(u"psql"_s) << u"--dbname=postgres"_s, artifact, u"--file="_s);
            else
                database(artifact);
        if (globals || ofAll)
            note(Recipe::Note::RolesMayBeThere);
        else if (!m_last.withGlobals.isEmpty())
            note(Recipe::Note::Globals);
        look(client(u"vacuumdb"_s) << u"--all"_s << u"--analyze-in-stages"_s);
        check(Recipe::Note::Statistics);
        check(Recipe::Note::Compare);
    }

    void database(const Artifact &dump)
    {
        const QString name = dump.database.isEmpty() ? u"DATABASE"_s : dump.database;
        if (name != u"postgres") {
            QStringList create = client(u"createdb"_s) << u"--template=template0"_s;
            if (name.startsWith(u'-'))
                create << u"--"_s;
            run(create << name);
        }
        if (dump.format == u"plain")
            feed(client(u"psql"_s) << u"--set=ON_ERROR_STOP=on"_s << connectTo(name), dump, u"--file="_s);
        else
            feed(client(u"pg_restore"_s) << u"--exit-on-error"_s << connectTo(name), dump, {});
    }

    // "main:prod/db:vm/2001/2026-11-20T01:30:00Z"
    void snapshot()
    {
        const QString path = m_last.id.section(u':', 2);
        if (m_from.kind != SourceKind::Pbs || path.count(u'/') != 2)
            return note(Recipe::Note::ByHand);
        const SnapshotPlace place { m_from.url, m_last.id.section(u':', 0, 0), m_last.id.section(u':', 1, 1),
            path.section(u'/', 0, 1), path.section(u'/', 2) };
        m_made.snapshot = place;
        const QString type = place.group.section(u'/', 0, 0);
        const QString guest = place.group.section(u'/', 1);
        bool numbered = false; // Proxmox VE lists no others
        guest.toUInt(&numbered);
        if (numbered && (type == u"vm" || type == u"ct"))
            intoGuest(u"STORAGE:backup/"_s + path, type, guest);
        else
            intoFolder(path, place);
        if (m_last.encrypted)
            note(Recipe::Note::Key);
        check(Recipe::Note::CrashRecovery);
        check(Recipe::Note::SameTimeline);
        lookAtServer();
    }

    void intoGuest(const QString &volume, const QString &type, const QString &guest)
    {
        m_made.into = Recipe::Into::Guest;
        const QStringList options { u"--storage"_s, u"TARGET_STORAGE"_s, u"--unique"_s, u"1"_s };
        run({ u"pvesm"_s, u"list"_s, u"STORAGE"_s, u"--content"_s, u"backup"_s, u"--vmid"_s, guest });
        if (type == u"vm")
            run(QStringList { u"qmrestore"_s, volume, u"NEW_ID"_s } + options);
        else
            run(QStringList { u"pct"_s, u"restore"_s, u"NEW_ID"_s, volume } + options);
        note(Recipe::Note::StorageName);
        note(Recipe::Note::NewGuest);
    }

    void intoFolder(const QString &path, const SnapshotPlace &place)
    {
        m_made.into = Recipe::Into::Folder;
        QStringList from { u"--repository"_s, repository(place) };
        if (!place.nameSpace.isEmpty())
            from << u"--ns"_s << place.nameSpace;
        QStringList unlocked = from;
        if (m_last.encrypted)
            unlocked << u"--keyfile"_s << u"KEYFILE"_s;
        const QString client = u"proxmox-backup-client"_s;
        run(QStringList { client, u"snapshot"_s, u"files"_s, path } + from);
        run(QStringList { client, u"restore"_s, path, u"ARCHIVE"_s, u"TARGET_FOLDER"_s } + unlocked);
        note(Recipe::Note::ArchiveName);
        note(Recipe::Note::ClientSecret);
    }

    // "user@realm!token@host:port:datastore"
    QString repository(const SnapshotPlace &place) const
    {
        const QUrl url(place.server);
        const QString host = url.host().isEmpty() ? u"SERVER"_s : url.host();
        const QString who = m_from.tokenId.isEmpty() ? m_from.user : m_from.tokenId;
        return u"%1@%2:%3:%4"_s.arg(who.isEmpty() ? u"USER@REALM"_s : who,
            host.contains(u':') ? u'[' + host + u']' : host, QString::number(url.port(8007)),
            place.datastore);
    }

    void base()
    {
        if (m_from.kind == SourceKind::PgBackRest)
            pgBackRest();
        else if (m_from.kind == SourceKind::Barman)
            barman();
        else if (m_from.kind == SourceKind::BaseBackups)
            folder();
        else
            return note(Recipe::Note::ByHand);
        afterBase();
    }

    void afterBase()
    {
        if (hasTarget(m_path))
            check(Recipe::Note::Resume);
        // A copy that needs no WAL but its own starts like one that crashed.
        const bool asItWas = m_from.kind == SourceKind::BaseBackups && !m_path.withWal && m_last.carriesWal;
        check(asItWas ? Recipe::Note::SameTimeline : Recipe::Note::NewTimeline);
        lookAtServer();
    }

    void pgBackRest()
    {
        static const QRegularExpression form(u"^--stanza=(.*) --repo=(\\d+) --set=(\\S+)$"_s);
        const auto place = form.match(m_last.location);
        QStringList words { u"pgbackrest"_s };
        if (!m_from.config.isEmpty())
            words << u"--config="_s + m_from.config;
        if (place.hasMatch())
            words << u"--stanza="_s + place.captured(1) << u"--repo="_s + place.captured(2)
                  << u"--set="_s + place.captured(3);
        words << u"--pg1-path="_s + DataDirectory;
        if (hasTarget(m_path))
            words << u"--type=time"_s << u"--target="_s + targetTime(m_path.answer.at)
                  << u"--target-action=pause"_s;
        else if (!m_path.withWal)
            words << u"--type=immediate"_s;
        if (m_path.wal)
            words << u"--target-timeline="_s + timelineOf(m_path);
        run(words << u"restore"_s);
        aboutTarget();
    }

    void barman()
    {
        QStringList words { u"barman"_s };
        if (!m_from.config.isEmpty())
            words << u"--config"_s << m_from.config;
        words << u"recover"_s;
        if (hasTarget(m_path))
            words << u"--target-time"_s << targetTime(m_path.answer.at) << u"--target-action"_s << u"pause"_s;
        else if (!m_path.withWal)
            words << u"--target-immediate"_s;
        if (m_path.wal)
            words << u"--target-tli"_s << timelineOf(m_path);
        run(words << m_last.location.section(u' ', 0, -2) << m_last.location.section(u' ', -1)
                  << DataDirectory);
        aboutTarget();
    }

    void folder()
    {
        if (m_last.format == u"tar")
            note(Recipe::Note::Unpack);
        else if (m_chain.size() > 1)
            combine();
        else
            run({ u"cp"_s, u"-a"_s, u"--"_s, m_last.location + u"/."_s, DataDirectory });
        if (!m_path.withWal && m_last.carriesWal)
            return;
        set(u"restore_command"_s, restoreCommand());
        if (hasTarget(m_path)) {
            set(u"recovery_target_time"_s, targetTime(m_path.answer.at));
            set(u"recovery_target_action"_s, u"pause"_s);
        }
        set(u"recovery_target_timeline"_s, timelineOf(m_path));
        note(Recipe::Note::Signal);
        aboutTarget();
    }

    void combine()
    {
        note(Recipe::Note::Combine);
        QStringList words { u"pg_combinebackup"_s, u"--output="_s + DataDirectory, u"--"_s };
        for (const Artifact &artifact : m_chain)
            words << artifact.location;
        run(words);
    }

    // The server puts in the names; "%" in a path is doubled for it.
    QString restoreCommand()
    {
        if (!m_walFrom || !m_walSource || m_walSource->kind != SourceKind::WalArchive) {
            note(Recipe::Note::ByHand);
            return u"RESTORE_COMMAND"_s;
        }
        note(Recipe::Note::PackedWal);
        QString folder = m_walSource->path;
        if (!m_walFrom->part.isEmpty() && m_walFrom->part != u".")
            folder += u'/' + m_walFrom->part;
        return u"cp "_s + shellWord(folder + u'/').replace(u'%', u"%%"_s) + u"%f \"%p\""_s;
    }

    void aboutTarget()
    {
        if (hasTarget(m_path))
            note(Recipe::Note::MayStopShort);
        else if (m_path.withWal)
            note(Recipe::Note::AllWal);
    }

    const RestorePath &m_path;
    const std::vector<Artifact> &m_chain;
    const Artifact &m_last;
    const Source &m_from;
    const WalArchive *m_walFrom;
    const Source *m_walSource;
    Recipe m_made;
};

} // namespace

QString targetTime(Instant instant)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(instant.sinceEpoch);
    const auto rest = (instant.sinceEpoch - second).count();
    return QDateTime::fromSecsSinceEpoch(second.count(), Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss"_s)
        + u".%1+00"_s.arg(rest, 6, 10, QLatin1Char('0'));
}

Recipe recipeFor(const RestorePath &path, const std::vector<Artifact> &chain, const Source &from,
    const WalArchive *walFrom, const Source *walSource)
{
    if (chain.empty()) {
        Recipe unknown;
        unknown.notes = { Recipe::Note::ByHand };
        return unknown;
    }
    return Kitchen(path, chain, from, walFrom, walSource).made();
}

Recipe recipeFor(const RestorePath &path, const std::vector<Artifact> &chain,
    const std::vector<Source> &sources, const std::vector<WalArchive> &archives)
{
    const auto named = [&](const QString &name) {
        const auto found = std::ranges::find(sources, name, &Source::name);
        return found == sources.end() ? nullptr : &*found;
    };
    const bool archived
        = path.wal && path.wal->archive >= 0 && std::size_t(path.wal->archive) < archives.size();
    const WalArchive *archive = archived ? &archives[std::size_t(path.wal->archive)] : nullptr;
    const Source *from = chain.empty() ? nullptr : named(chain.back().source);
    return recipeFor(
        path, chain, from ? *from : Source(), archive, archive ? named(archive->source) : nullptr);
}

} // namespace tidemark
