#pragma once

#include "backup/scan.h"

#include <QStringList>

namespace tidemark::test {

// Prints what a source told, for comparing it whole: one line for each thing, what is not told left out.
class ScanPrinter
{
public:
    [[nodiscard]] static QString of(const Scan &scan)
    {
        QStringList lines { scan.whole ? QStringLiteral("whole") : QStringLiteral("in part") };
        for (const Artifact &artifact : scan.artifacts)
            lines << of(artifact);
        if (!scan.gone.isEmpty())
            lines << QStringLiteral("gone ") + scan.gone.join(u' ');
        for (const WalArchive &archive : scan.archives)
            lines << of(archive);
        for (const Run &run : scan.runs)
            lines << of(run);
        for (const Job &job : scan.jobs)
            lines << of(job);
        for (const StoreUsage &usage : scan.usage)
            lines << of(usage);
        for (const SourceTrouble &trouble : scan.troubles)
            lines << of(trouble);
        return lines.join(u'\n') + u'\n';
    }

    [[nodiscard]] static QString of(const Artifact &a)
    {
        static const char *const kinds[] = { "basebackup", "dump", "globals", "snapshot" };
        static const char *const methods[] = { "full", "diff", "incr" };
        static const char *const states[] = { "complete", "running", "failed", "unfinished", "damaged" };
        static const char *const quiet[] = { "", "crash-consistent", "frozen" };
        Words words(text(a.id));
        words.add(word(kinds, a.kind)).add(word(methods, a.method)).add(word(states, a.state));
        words.add("cluster", a.cluster).add("part", a.part).add("why", a.why);
        if (a.systemId)
            words.add("system", QString::number(a.systemId->value));
        words.add("from", a.start).add("to", a.stop).add("startlsn", a.startLsn).add("stoplsn", a.stopLsn);
        if (a.timeline)
            words.add("tli", QString::number(a.timeline->value));
        words.add("size", a.size).add("stored", a.stored).add("parent", a.parent);
        words.add("needs", a.needs.join(u' ')).add("database", a.database).add("globals", a.withGlobals);
        words.add("format", a.format).add("compression", a.compression);
        words.flag("encrypted", a.encrypted).flag("no-manifest", !a.hasManifest);
        words.flag("with-wal", a.carriesWal).add("tablespaces", a.tablespaces.join(u' '));
        if (a.objects)
            words.add("objects", QString::number(*a.objects));
        if (a.serverVersion)
            words.add("server", QString::number(a.serverVersion));
        words.add("tool", a.toolVersion).add(word(quiet, a.quiesced));
        for (const Check &check : a.checks)
            words.add("check", of(check));
        words.add("holds", a.holds.join(u' '));
        for (auto note = a.notes.cbegin(); note != a.notes.cend(); ++note)
            words.add("note", note.key() + u'=' + *note);
        return words.add("at", a.location).line();
    }
    [[nodiscard]] static QString of(const WalArchive &archive)
    {
        Words words(QStringLiteral("archive ") + text(archive.part));
        words.add("cluster", archive.cluster);
        if (archive.systemId)
            words.add("system", QString::number(archive.systemId->value));
        words.flag("unlisted", !archive.listed);
        words.add("segsize", QString::number(archive.segmentSize >> 20) + QStringLiteral("M"));
        for (const WalSpan &span : archive.spans)
            words.add("span", of(span, archive.segmentSize));
        for (const TimelineHistory &history : archive.histories)
            for (const TimelineSwitch &left : history.switches)
                words.add("history",
                    QStringLiteral("%1<-%2@%3 %4")
                        .arg(history.timeline.value)
                        .arg(left.parent.value)
                        .arg(left.at.toString(), left.reason));
        for (const WalTrouble &trouble : archive.troubles)
            words.add("bad",
                QStringLiteral("%1 %2 %3").arg(trouble.name).arg(int(trouble.fault)).arg(trouble.detail));
        if (archive.partial)
            words.add("partial", QString::number(archive.partial->value));
        if (archive.files)
            words.add("files", QStringLiteral("%1/%2B").arg(archive.files).arg(archive.bytes));
        return words.line();
    }
    [[nodiscard]] static QString of(const Run &run)
    {
        static const char *const states[] = { "running", "ok", "warnings", "failed", "unknown" };
        Words words(QStringLiteral("run ") + text(run.id));
        words.add("kind", run.kind).add("subject", run.subject).add("cluster", run.cluster);
        words.add("from", std::optional(run.start)).add("to", run.end).add(word(states, run.state));
        return words.add("said", run.said).add("made", run.artifact).add("size", run.size).line();
    }
    [[nodiscard]] static QString of(const Job &job)
    {
        static const char *const states[] = { "running", "ok", "warnings", "failed", "unknown" };
        Words words(QStringLiteral("job ") + text(job.id));
        words.add("kind", job.kind).add("subject", job.subject).add("schedule", job.schedule);
        words.flag("disabled", !job.enabled).add("next", job.nextRun).add("last", job.lastRun);
        words.add(word(states, job.lastState)).add("said", job.lastSaid);
        for (auto keep = job.keep.cbegin(); keep != job.keep.cend(); ++keep)
            words.add("keep", keep.key() + u'=' + QString::number(*keep));
        return words.line();
    }
    [[nodiscard]] static QString of(const StoreUsage &usage)
    {
        return Words(QStringLiteral("usage ") + text(usage.part))
            .add("total", usage.total)
            .add("used", usage.used)
            .add("available", usage.available)
            .add("full", usage.estimatedFull)
            .line();
    }
    [[nodiscard]] static QString of(const SourceTrouble &trouble)
    {
        return Words(QStringLiteral("trouble ") + text(trouble.part))
            .add("cluster", trouble.cluster)
            .add(trouble.error.code)
            .add("said", trouble.error.detail)
            .line();
    }

private:
    // Words of one line; empty ones are left out.
    class Words
    {
    public:
        explicit Words(const QString &first) { m_words << first; }
        Words &add(const QString &word)
        {
            if (!word.isEmpty())
                m_words << word;
            return *this;
        }
        Words &add(const char *name, const QString &value)
        {
            return value.isEmpty() ? *this : add(QLatin1String(name) + u'=' + text(value));
        }
        Words &add(const char *name, const std::optional<Instant> &at)
        {
            return at ? add(name, at->toIso()) : *this;
        }
        Words &add(const char *name, const std::optional<Lsn> &lsn)
        {
            return lsn ? add(name, lsn->toString()) : *this;
        }
        Words &add(const char *name, const std::optional<Bytes> &bytes)
        {
            return bytes ? add(name, QString::number(bytes->count)) : *this;
        }
        Words &flag(const char *name, bool on) { return on ? add(QLatin1String(name)) : *this; }
        [[nodiscard]] QString line() const { return m_words.join(u' '); }

    private:
        QStringList m_words;
    };

    template <class Enum, std::size_t N>
    [[nodiscard]] static QString word(const char *const (&words)[N], Enum value)
    {
        return QLatin1String(words[std::size_t(value)]);
    }
    // Quoted when it holds blanks; control characters shown.
    [[nodiscard]] static QString text(const QString &value)
    {
        QString out = value;
        out.replace(u'\\', QStringLiteral("\\\\")).replace(u'\n', QStringLiteral("\\n"));
        return out.contains(u' ') ? u'"' + out + u'"' : out;
    }
    [[nodiscard]] static QString of(const WalSpan &span, std::uint32_t size)
    {
        const QString name = segmentName(span.timeline, span.first, size);
        QString out = QStringLiteral("%1+%2").arg(name).arg(span.count());
        if (span.firstArrived && span.lastArrived)
            out += QStringLiteral("@%1..%2").arg(span.firstArrived->toIso(), span.lastArrived->toIso());
        return out;
    }
    [[nodiscard]] static QString of(const Check &check)
    {
        static const char *const kinds[] = { "structure", "contents", "pages", "restored" };
        return QStringLiteral("%1:%2@%3:%4")
            .arg(word(kinds, check.kind), check.passed ? QStringLiteral("ok") : QStringLiteral("failed"),
                check.at ? check.at->toIso() : QString(), check.said);
    }
};

} // namespace tidemark::test
