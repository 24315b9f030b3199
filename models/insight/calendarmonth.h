#pragma once

#include "insight/conflicts.h"
#include "insight/recoverability.h"

#include <QDate>
#include <QTimeZone>

#include <array>

namespace tidemark {

// A time in which a cluster cannot be brought back to an instant.
struct CalendarFault {
    QString cluster;
    Instant from;
    std::optional<Instant> to; // nothing: it lasts
    GapCause cause = GapCause::MissingWal;
    QString occurrence; // of the finding that tells it; empty: none does
    std::optional<Acceptance> accepted; // a person lets it be

    bool operator==(const CalendarFault &) const = default;
};

// All that a calendar shows, once it is worked out.
struct CalendarFacts {
    CalendarPlan plan;
    std::vector<Conflict> conflicts;
    std::vector<CalendarFault> faults;

    bool operator==(const CalendarFacts &) const = default;
};

// The worst of several, as one mark says it. Planned only when nothing of it has come yet.
[[nodiscard]] ExpectedState worstOf(ExpectedState one, ExpectedState other);

// What one track has in one day.
struct DaySlot {
    int track = 0;
    ExpectedState worst = ExpectedState::Planned;
    int runs = 0;
    int bad = 0; // failed or missed, and not accepted
    int accepted = 0; // failed or missed, and a person lets it be
    bool full = false; // a full backup is among others that are not

    bool operator==(const DaySlot &) const = default;
    [[nodiscard]] bool isAccepted() const { return accepted > 0 && bad == 0; }
};

struct CalendarDay {
    QDate date;
    Instant begin; // of the local day, which has 23 or 25 hours when the clocks change
    Instant end;
    std::vector<DaySlot> slots; // by track; those without a run in it are left out
    std::vector<int> runs; // indexes into the plan, by begin
    std::vector<int> conflicts; // that begin in it

    bool operator==(const CalendarDay &) const = default;
};

// A fault across the days of one week.
struct FaultBar {
    int fault = 0;
    int lane = 0; // bars of one week that overlap lie below each other
    double from = 0; // days since the week's Monday began, 0 … 7
    double to = 0;
    bool before = false; // it began earlier than this week
    bool after = false; // it goes on

    bool operator==(const FaultBar &) const = default;
};

struct CalendarWeek {
    int number = 0; // ISO 8601
    std::array<CalendarDay, 7> days; // from Monday
    std::vector<FaultBar> bars;

    bool operator==(const CalendarWeek &) const = default;
};

// The whole weeks that a month touches. Days are those of the zone; a run belongs to the day it is due.
[[nodiscard]] std::vector<CalendarWeek> monthOf(
    const CalendarFacts &facts, QDate month, const QTimeZone &zone);
[[nodiscard]] CalendarWeek weekOf(const CalendarFacts &facts, QDate day, const QTimeZone &zone);
[[nodiscard]] CalendarDay dayOf(const CalendarFacts &facts, QDate day, const QTimeZone &zone);

// How a whole day went, best first.
enum class DayVerdict {
    Nothing, // nothing was due
    Planned, // or under way
    Clean, // all that was due is known to have ended well
    Accepted, // what was wrong, a person lets be
    Unknown, // of something that was due it is not known whether it ran
    Attention, // late, warnings, a conflict
    Missed,
    Failed // or nothing was restorable
};

struct YearDay {
    QDate date;
    DayVerdict verdict = DayVerdict::Nothing;

    bool operator==(const YearDay &) const = default;
};

// Each day from one date to another, both included.
[[nodiscard]] std::vector<YearDay> daysOf(
    const CalendarFacts &facts, QDate from, QDate to, const QTimeZone &zone);

struct CleanDays {
    int clean = 0;
    int known = 0; // days up to the last one of which all is known, or something that is worse
    int unknown = 0; // days of which something is not

    bool operator==(const CleanDays &) const = default;
};
[[nodiscard]] CleanDays cleanDays(const std::vector<YearDay> &days, QDate last);

} // namespace tidemark
