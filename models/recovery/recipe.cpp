#include "recovery/recipe.h"

#include "values/settingvalue.h"
#include "values/shellword.h"

#include <QDateTime>
#include <QRegularExpression>

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
            dump();
            break;
        case ArtifactKind::VmSnapshot:
            note(Recipe::Note::ByHand);
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

    void dump()
    {
        if (!m_last.withGlobals.isEmpty())
            note(Recipe::Note::Globals);
        const QString database = m_last.database.isEmpty() ? u"DATABASE"_s : m_last.database;
        if (m_last.format == u"plain")
            run({ u"psql"_s, u"--set=ON_ERROR_STOP=on"_s, u"--dbname="_s + database,
                u"--file="_s + m_last.location });
        else
            run({ u"pg_restore"_s, u"--exit-on-error"_s, u"--dbname="_s + database, m_last.location });
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
            note(Recipe::Note::ByHand);
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
    if (chain.empty())
        return { {}, {}, { Recipe::Note::ByHand } };
    return Kitchen(path, chain, from, walFrom, walSource).made();
}

} // namespace tidemark
