#include "reports/schedulecalendar.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// The same occurrence of the same schedule has the same name in every export.
QString uidOf(const QString &what, const QString &name, Instant due)
{
    const QByteArray words = QStringList { what, name, due.toIso() }.join(u'\n').toUtf8();
    const QByteArray hash = QCryptographicHash::hash(words, QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.left(16).toHex()) + u"@tidemark"_s;
}

QString listed(const QString &label, const QStringList &names)
{
    return names.isEmpty() ? QString() : label + names.join(u", "_s);
}

QString summaryOf(const CalendarTrack &track, const CalendarRun &run)
{
    if (track.isWindow())
        return u"Maintenance window %1"_s.arg(track.label);
    if (track.isJobs())
        return u"%1 %2 on %3"_s.arg(run.kind, run.subject, track.source);
    const bool named = track.label.startsWith(run.kind + u' ');
    return named ? track.label : QStringList { track.label, run.kind }.join(u' ');
}

IcalEvent eventOf(const CalendarTrack &track, const CalendarRun &run)
{
    IcalEvent event;
    event.uid = uidOf(track.isWindow() ? u"window"_s : u"schedule"_s, run.schedule, run.due);
    event.start = run.due;
    event.end = run.due + run.usual.value_or(std::chrono::seconds(0));
    event.summary = summaryOf(track, run);
    QStringList lines { listed(u"Clusters: "_s, track.clusters), listed(u"Schedule: "_s, { run.schedule }) };
    if (!track.source.isEmpty())
        lines.append(u"Source: "_s + track.source);
    lines.removeAll(QString());
    event.description = lines.join(u'\n');
    event.categories = QStringList { track.isWindow() ? u"maintenance"_s : run.kind };
    event.busy = false;
    return event;
}

IcalEvent eventOf(const CalendarPlan &plan, const Conflict &conflict)
{
    const CalendarRun &one = plan.runs[std::size_t(conflict.first)];
    const CalendarRun &other = plan.runs[std::size_t(conflict.second)];
    const QString first = plan.tracks[std::size_t(one.track)].label;
    const QString second = plan.tracks[std::size_t(other.track)].label;
    IcalEvent event;
    event.uid = uidOf(u"conflict"_s, one.schedule + u'\n' + other.schedule, other.due);
    event.start = conflict.from;
    event.end = conflict.to;
    event.summary = u"Overlap: %1 and %2, %3 min"_s.arg(first, second).arg(conflict.minutes().count());
    event.description = conflict.cluster.isEmpty() ? u"Both work on host "_s + conflict.host
                                                   : u"Both work on "_s + conflict.cluster;
    event.categories = QStringList { u"conflict"_s };
    event.busy = false;
    return event;
}

} // namespace

IcalFile scheduleCalendar(const CalendarPlan &plan, const QString &fleet)
{
    IcalFile file { fleet.isEmpty() ? u"Tidemark"_s : u"Tidemark: "_s + fleet, plan.now, {} };
    for (const CalendarRun &run : plan.runs)
        if (run.state == ExpectedState::Planned)
            file.events.push_back(eventOf(plan.tracks[std::size_t(run.track)], run));
    for (const Conflict &conflict : conflictsOf(plan))
        if (!(conflict.from < plan.now))
            file.events.push_back(eventOf(plan, conflict));
    return file;
}

} // namespace tidemark
