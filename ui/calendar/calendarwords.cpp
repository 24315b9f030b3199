#include "calendar/calendarwords.h"

#include "widgets/amounts.h"
#include "widgets/figures.h"

#include <QHash>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tidemark {

Glyph glyphOf(ExpectedState state)
{
    switch (state) {
    case ExpectedState::Planned:
        return Glyph::Planned;
    case ExpectedState::Late:
        return Glyph::Due;
    case ExpectedState::Running:
        return Glyph::Running;
    case ExpectedState::Ok:
        return Glyph::OkQuiet;
    case ExpectedState::RanLate:
    case ExpectedState::Warnings:
        return Glyph::Attention;
    case ExpectedState::Failed:
        return Glyph::Failed;
    case ExpectedState::Missed:
        return Glyph::Missed;
    case ExpectedState::Unknown:
        return Glyph::Unknown;
    }
    return Glyph::Unknown;
}

Standing standingOf(ExpectedState state)
{
    switch (state) {
    case ExpectedState::Planned:
        return Standing::None;
    case ExpectedState::Late:
    case ExpectedState::RanLate:
    case ExpectedState::Warnings:
        return Standing::Attention;
    case ExpectedState::Running:
        return Standing::Running;
    case ExpectedState::Ok:
        return Standing::Quiet;
    case ExpectedState::Failed:
        return Standing::Failed;
    case ExpectedState::Missed:
        return Standing::Missing;
    case ExpectedState::Unknown:
        return Standing::Unknown;
    }
    return Standing::Unknown;
}

Token inkOf(ExpectedState state)
{
    switch (state) {
    case ExpectedState::Planned:
    case ExpectedState::Unknown:
        return Token::T3;
    case ExpectedState::Ok:
        return Token::T2;
    case ExpectedState::Running:
        return Token::Run;
    case ExpectedState::Late:
    case ExpectedState::RanLate:
    case ExpectedState::Warnings:
        return Token::Warn;
    case ExpectedState::Failed:
    case ExpectedState::Missed:
        return Token::Fail;
    }
    return Token::T2;
}

Glyph glyphOf(const CalendarRun &run)
{
    return run.accepted ? Glyph::Cancelled : glyphOf(run.state);
}

Standing standingOf(const CalendarRun &run)
{
    return run.accepted ? Standing::Waived : standingOf(run.state);
}

QStringList shortLabels(const std::vector<CalendarTrack> &tracks)
{
    const auto cut = [](const QString &label) { return label.lastIndexOf(u'-'); };
    QStringList labels;
    QHash<QString, int> endings;
    for (const CalendarTrack &track : tracks) {
        labels.append(oneLine(track.label));
        if (cut(labels.back()) > 0)
            ++endings[labels.back().mid(cut(labels.back()))];
    }
    QStringList made;
    for (const QString &label : labels) {
        const QString rest = label.left(cut(label));
        const bool shared = cut(label) > 0 && endings.value(label.mid(cut(label))) > 1;
        const auto others = std::count_if(labels.begin(), labels.end(), [&](const QString &other) {
            return other == rest || (cut(other) > 0 && other.left(cut(other)) == rest);
        });
        made.append(shared && others == 1 ? rest : label);
    }
    return made;
}

static qsizetype firstWord(const QString &label)
{
    const auto end = std::ranges::find_if(label, [](QChar c) { return c == u'-' || c == u' '; });
    return end - label.begin();
}

QSet<qsizetype> sharedBeginnings(const QStringList &labels)
{
    const auto begin = [](const QString &label) { return label.left(firstWord(label)); };
    QHash<QString, int> known;
    for (const QString &label : labels)
        ++known[begin(label)];
    QSet<qsizetype> shared;
    for (qsizetype i = 0; i < labels.size(); ++i)
        if (known.value(begin(labels.at(i))) > 1)
            shared.insert(i);
    return shared;
}

QString withShortBeginning(const QString &label)
{
    const qsizetype word = firstWord(label);
    return word < label.size() ? label.left(1) + label.mid(word) : label;
}

bool isException(ExpectedState state)
{
    return state == ExpectedState::Failed || state == ExpectedState::Missed
        || state == ExpectedState::Warnings || state == ExpectedState::Late
        || state == ExpectedState::RanLate;
}

QString CalendarWords::state(ExpectedState state, bool window)
{
    if (window)
        return state == ExpectedState::Planned ? tr("planned window")
            : state == ExpectedState::Running  ? tr("window is open")
                                               : tr("window, work not recorded");
    switch (state) {
    case ExpectedState::Planned:
        return tr("planned");
    case ExpectedState::Late:
        return tr("late");
    case ExpectedState::Running:
        return tr("running");
    case ExpectedState::Ok:
        return tr("ok");
    case ExpectedState::RanLate:
        return tr("ran late");
    case ExpectedState::Warnings:
        return tr("warnings");
    case ExpectedState::Failed:
        return tr("failed");
    case ExpectedState::Missed:
        return tr("missed");
    case ExpectedState::Unknown:
        return tr("not known");
    }
    return {};
}

QString CalendarWords::state(const CalendarRun &run, bool window)
{
    QString words = state(run.state, window);
    if (run.late)
        //: %1 is "ok" or "failed", %2 a duration
        words = tr("%1, %2 late")
                    .arg(state(run.state == ExpectedState::RanLate ? ExpectedState::Ok : run.state, window),
                        tightDuration(*run.late));
    return run.accepted ? tr("%1, accepted").arg(words) : words;
}

QString CalendarWords::day(QDate date)
{
    return QLocale().toString(date, u"dddd d MMMM"_s);
}

QString CalendarWords::month(QDate date)
{
    return QLocale().toString(date, u"MMMM yyyy"_s);
}

QString CalendarWords::daySummary(const CalendarScene &scene, const CalendarDay &day)
{
    QMap<ExpectedState, int> counts;
    int windows = 0;
    int accepted = 0;
    for (const int index : day.runs) {
        const CalendarRun &run = scene.runAt(index);
        if (scene.trackOf(run).isWindow())
            ++windows;
        else if (run.accepted)
            ++accepted;
        else
            ++counts[run.state];
    }
    QStringList parts;
    const auto say = [&](ExpectedState one, const QString &words) {
        if (counts.value(one) > 0)
            parts.append(words);
    };
    const auto count = [&](ExpectedState one) { return counts.value(one); };
    say(ExpectedState::Failed, tr("%n failed", nullptr, count(ExpectedState::Failed)));
    say(ExpectedState::Missed, tr("%n missed", nullptr, count(ExpectedState::Missed)));
    say(ExpectedState::Late, tr("%n late", nullptr, count(ExpectedState::Late)));
    say(ExpectedState::RanLate, tr("%n ran late", nullptr, count(ExpectedState::RanLate)));
    say(ExpectedState::Warnings, tr("%n with warnings", nullptr, count(ExpectedState::Warnings)));
    say(ExpectedState::Running, tr("%n running", nullptr, count(ExpectedState::Running)));
    say(ExpectedState::Ok, tr("%n runs ok", nullptr, count(ExpectedState::Ok)));
    say(ExpectedState::Planned, tr("%n planned", nullptr, count(ExpectedState::Planned)));
    say(ExpectedState::Unknown, tr("%n not known", nullptr, count(ExpectedState::Unknown)));
    if (accepted > 0)
        parts.append(tr("%n accepted", nullptr, accepted));
    if (windows > 0)
        parts.append(tr("%n windows", nullptr, windows));
    if (!day.conflicts.empty())
        parts.append(tr("%n overlaps", nullptr, int(day.conflicts.size())));
    for (const CalendarFault &fault : scene.facts->faults)
        if (fault.from < day.end && day.begin < fault.to.value_or(scene.facts->plan.now))
            parts.append(tr("%1 has a gap").arg(oneLine(fault.cluster)));
    return parts.isEmpty() ? tr("Nothing is scheduled") : parts.join(u", "_s);
}

QString CalendarWords::runTitle(const CalendarScene &scene, const CalendarRun &run)
{
    const CalendarTrack &track = scene.trackOf(run);
    if (track.isJobs()) {
        const auto &tracks = scene.facts->plan.tracks;
        if (std::ranges::count_if(tracks, &CalendarTrack::isJobs) == 1)
            return oneLine(run.kind + u' ' + run.subject);
        //: what a job does, to which datastore, on which server: "verify main on pbs01"
        return tr("%1 %2 on %3").arg(oneLine(run.kind), oneLine(run.subject), oneLine(track.source));
    }
    const QString name = oneLine(track.label);
    const bool told = name.startsWith(run.kind + u' ') || name.endsWith(u'-' + run.kind + u's');
    return track.isWindow() || told ? name : name + u' ' + oneLine(run.kind);
}

QString CalendarWords::conflictTitle(const CalendarScene &scene, const Conflict &conflict)
{
    const QString first = oneLine(scene.trackOf(scene.runAt(conflict.first)).label);
    const QString second = oneLine(scene.trackOf(scene.runAt(conflict.second)).label);
    return conflict.predicted ? tr("%1 will run into %2").arg(first, second)
                              : tr("%1 ran into %2").arg(first, second);
}

QString CalendarWords::conflictText(const CalendarScene &scene, const Conflict &conflict) const
{
    const QString where = conflict.cluster.isEmpty() ? tr("on host %1").arg(oneLine(conflict.host))
                                                     : tr("on %1").arg(oneLine(conflict.cluster));
    const QString when = tr("%1 min, %2 to %3 %4, %5.")
                             .arg(conflict.minutes().count())
                             .arg(clock(conflict.from), clock(conflict.to),
                                 m_clocks->shortZone(conflict.from, m_clocks->active()), where);
    const CalendarRun &first = scene.runAt(conflict.first);
    if (!first.usual || !first.end || scene.trackOf(first).isWindow())
        return when;
    const auto took = std::chrono::duration_cast<std::chrono::seconds>(*first.end - first.begin);
    if (first.predicted || took <= *first.usual)
        return when;
    return when + u' '
        + tr("It took %1, usually it takes %2.").arg(durationWords(took), durationWords(*first.usual));
}

QString CalendarWords::conflictShort(const Conflict &conflict)
{
    const auto minutes = conflict.minutes().count();
    if (conflict.accepted)
        return tr("%1 min, accepted").arg(minutes);
    return conflict.predicted ? tr("%1 min predicted").arg(minutes) : tr("%1 min overlap").arg(minutes);
}

QString CalendarWords::fault(const CalendarFault &fault) const
{
    const QString since = QLocale().toString(m_clocks->at(fault.from), u"ddd d MMM HH:mm"_s);
    if (fault.accepted)
        return tr("%1: gap since %2, accepted").arg(oneLine(fault.cluster), since);
    if (!fault.to)
        return tr("%1: not restorable since %2").arg(oneLine(fault.cluster), since);
    return tr("%1: gap from %2 to %3")
        .arg(
            oneLine(fault.cluster), since, QLocale().toString(m_clocks->at(*fault.to), u"ddd d MMM HH:mm"_s));
}

QString CalendarWords::faultShort(const CalendarFault &fault)
{
    return tr("%1 gap").arg(oneLine(fault.cluster));
}

QString CalendarWords::cleanDays(const CleanDays &days)
{
    if (days.known == 0)
        return tr("no day is known yet");
    const QString clean = tr("%1 of %n days clean", nullptr, days.known).arg(days.clean);
    return days.unknown == 0 ? clean : clean + u", "_s + tr("%n not known", nullptr, days.unknown);
}

QString CalendarWords::dayVerdict(DayVerdict verdict)
{
    switch (verdict) {
    case DayVerdict::Nothing:
        return tr("nothing was due");
    case DayVerdict::Planned:
        return tr("planned or under way");
    case DayVerdict::Unknown:
        return tr("of something it is not known whether it ran");
    case DayVerdict::Clean:
        return tr("clean");
    case DayVerdict::Accepted:
        return tr("what was wrong is accepted");
    case DayVerdict::Attention:
        return tr("warnings, late or an overlap");
    case DayVerdict::Missed:
        return tr("something was missed");
    case DayVerdict::Failed:
        return tr("something failed");
    }
    return {};
}

QString CalendarWords::clock(Instant instant) const
{
    return m_clocks->timeOfDay(instant).left(5);
}

QString CalendarWords::took(const CalendarRun &run)
{
    if (!run.run || !run.run->end)
        return {};
    const auto took = std::chrono::duration_cast<std::chrono::seconds>(*run.run->end - run.run->start);
    return took.count() == 0 ? tr("< 1 s") : tightDuration(took);
}

QString CalendarWords::tookOrState(const CalendarRun &run, bool window)
{
    if (window)
        return run.state == ExpectedState::Planned ? tr("planned")
            : run.state == ExpectedState::Running  ? tr("open")
                                                   : tr("no record");
    return run.run && run.state != ExpectedState::Running ? took(run) : state(run.state, false);
}

QString CalendarWords::runTip(const CalendarScene &scene, const CalendarRun &run) const
{
    QStringList parts { runTitle(scene, run), state(run, scene.trackOf(run).isWindow()), clock(run.begin) };
    if (run.end)
        parts.back() += u'–' + clock(*run.end);
    return parts.join(u", "_s);
}

} // namespace tidemark
