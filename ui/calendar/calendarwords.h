#pragma once

#include "calendar/calendarscene.h"
#include "items/cell.h"
#include "shell/clocks.h"
#include "theme/glyphs.h"

#include <QCoreApplication>
#include <QSet>

namespace tidemark {

[[nodiscard]] Glyph glyphOf(ExpectedState state);
[[nodiscard]] Standing standingOf(ExpectedState state);
// How the words beside such a mark are inked.
[[nodiscard]] Token inkOf(ExpectedState state);
// Of one run; what was accepted is quiet.
[[nodiscard]] Glyph glyphOf(const CalendarRun &run);
[[nodiscard]] Standing standingOf(const CalendarRun &run);
// What a narrow slot writes: an ending that several labels share ("-db") is left out where the rest still
// distinguishes them.
[[nodiscard]] QStringList shortLabels(const std::vector<CalendarTrack> &tracks);
// Indexes of those whose first word another one has too: they differ at their ends.
[[nodiscard]] QSet<qsizetype> sharedBeginnings(const QStringList &labels);
[[nodiscard]] QString withShortBeginning(const QString &label); // "h-dumps" for "harbor-dumps"
[[nodiscard]] bool isException(ExpectedState state); // failed, missed, warnings, late

// The calendar's language.
class CalendarWords
{
    Q_DECLARE_TR_FUNCTIONS(CalendarWords)

public:
    explicit CalendarWords(std::shared_ptr<Clocks> clocks)
        : m_clocks(std::move(clocks))
    {
    }

    [[nodiscard]] static QString state(ExpectedState state, bool window);
    // "missed, accepted", "ok, 1 d 22 h late"
    [[nodiscard]] static QString state(const CalendarRun &run, bool window);
    [[nodiscard]] static QString day(QDate date); // "Wednesday 18 November"
    [[nodiscard]] static QString month(QDate date); // "November 2026"
    // "7 runs ok, 1 failed, 1 overlap, content-db not restorable"
    [[nodiscard]] static QString daySummary(const CalendarScene &scene, const CalendarDay &day);
    [[nodiscard]] static QString runTitle(const CalendarScene &scene, const CalendarRun &run);
    [[nodiscard]] static QString conflictTitle(const CalendarScene &scene, const Conflict &conflict);
    [[nodiscard]] QString conflictText(const CalendarScene &scene, const Conflict &conflict) const;
    [[nodiscard]] static QString conflictShort(const Conflict &conflict);
    [[nodiscard]] QString fault(const CalendarFault &fault) const;
    [[nodiscard]] static QString faultShort(const CalendarFault &fault); // "content-db gap"
    [[nodiscard]] static QString cleanDays(const CleanDays &days);
    [[nodiscard]] static QString dayVerdict(DayVerdict verdict);

    [[nodiscard]] QString clock(Instant instant) const; // "01:00"
    [[nodiscard]] QString runTip(const CalendarScene &scene, const CalendarRun &run) const;
    // How long it took, else the word that says why nobody knows: planned, running, missed, not known.
    [[nodiscard]] static QString tookOrState(const CalendarRun &run, bool window);
    [[nodiscard]] static QString took(const CalendarRun &run);

private:
    std::shared_ptr<Clocks> m_clocks;
};

} // namespace tidemark
