#include "wal/histories.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// "KEY: value" of a line, the value up to the end.
QHash<QString, QString> linesOf(const QByteArray &text)
{
    QHash<QString, QString> lines;
    for (const QString &line : QString::fromUtf8(text).split(u'\n'))
        if (const auto colon = line.indexOf(u": "); colon > 0)
            lines.insert(line.first(colon), line.sliced(colon + 2));
    return lines;
}

} // namespace

Result<TimelineHistory> readTimelineHistory(TimelineId timeline, const QByteArray &text)
{
    TimelineHistory history { timeline };
    int number = 0;
    for (const QByteArray &raw : text.split('\n')) {
        ++number;
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        static const QRegularExpression form(u"^(\\d+)\\s+([0-9A-Fa-f]+/[0-9A-Fa-f]+)(?:\\s+(.*))?$"_s);
        const auto match = form.match(line);
        const TimelineId parent { match.captured(1).toUInt() };
        const auto at = Lsn::parse(match.captured(2).toUpper());
        const bool later = history.switches.empty() || history.switches.back().parent < parent;
        if (!match.hasMatch() || !at || parent.value == 0 || parent >= timeline || !later)
            return failure(ErrorKind::Invalid, u"wal.history"_s, u"line %1 cannot be read"_s.arg(number));
        history.switches.push_back({ parent, *at, match.captured(3) });
    }
    if (history.switches.empty())
        return failure(ErrorKind::Invalid, u"wal.history"_s, u"it names no timeline"_s);
    return history;
}

TimelineId timelineAt(const TimelineHistory &history, Lsn lsn)
{
    for (const TimelineSwitch &one : history.switches)
        if (lsn < one.at)
            return one.parent;
    return history.timeline;
}

std::optional<BackupHistoryFile> readBackupHistory(const QByteArray &text, Instant arrived)
{
    const auto lines = linesOf(text);
    const auto lsn = [&](const QString &key) { return Lsn::parse(lines.value(key).section(u' ', 0, 0)); };
    const auto start = lsn(u"START WAL LOCATION"_s);
    const auto stop = lsn(u"STOP WAL LOCATION"_s);
    const auto stopped = labelTime(lines.value(u"STOP TIME"_s));
    if (!start || !stop)
        return {};
    const auto timeline = lines.value(u"START TIMELINE"_s, u"1"_s).toUInt();
    return BackupHistoryFile { { timeline }, *start, *stop, stopped.value_or(arrived),
        lines.value(u"LABEL"_s) };
}

std::optional<Instant> labelTime(const QString &text)
{
    static const QRegularExpression form(
        u"^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) (UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)$"_s);
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    const QString zone = match.captured(2);
    return Instant::parse(match.captured(1) + (zone.front().isLetter() ? u"+00"_s : zone));
}

} // namespace tidemark
