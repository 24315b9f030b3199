#pragma once

#include "moment/moments.h"
#include "timeline/timescale.h"

#include <QTimeZone>

namespace tidemark {

// One event in the lane of a relation it touched.
struct MomentMark {
    std::size_t event = 0; // index into the events
    Instant at;
    QString text; // "DELETE 1 284 310 rows"
    bool loud = false; // suspicious

    bool operator==(const MomentMark &) const = default;
};

struct MomentLane {
    QString name; // as it is shown: one line, nothing hidden
    bool known = true; // false: only the number of its file
    bool loud = false;
    std::vector<MomentMark> marks; // by time

    bool operator==(const MomentLane &) const = default;
};

// A stretch of time of which the WAL was read, or not.
struct MomentSpan {
    Instant from;
    Instant to;

    bool operator==(const MomentSpan &) const = default;
};

class Clocks;

// Everything the page paints, complete at any time. Events point into the line's pieces.
struct MomentScene {
    MomentLine line;
    std::vector<MomentEvent> events;
    std::vector<MomentLane> lanes; // worst first
    std::vector<MomentSpan> read; // in the order of time
    bool readOut = false; // to the end: what is not there between them is missing
    TimeScale scale;
    MomentSpan whole; // what the strip shows
    Instant now;
    QTimeZone zone = QTimeZone::utc(); // of the axis
    QTimeZone other = QTimeZone::utc();
    QString zoneText;
    QString otherText;
    int current = -1; // event that is chosen
    std::optional<Instant> stop; // where recovery is to end
    QString stopText; // "stop just before 48 213 977"
};

// One lane for each relation that destructive events touch.
[[nodiscard]] std::vector<MomentLane> momentLanes(
    const std::vector<MomentEvent> &events, const Clocks &clocks);
// Times that unbroken runs of pieces cover.
[[nodiscard]] std::vector<MomentSpan> readSpans(const MomentLine &line);
// What is left of a span when those are taken away.
[[nodiscard]] std::vector<MomentSpan> unreadSpans(const std::vector<MomentSpan> &read, MomentSpan within);

// Why nothing is shown of a span.
enum class Unread { NotRead, Behind, Missing };
[[nodiscard]] Unread unreadAs(const MomentScene &scene, MomentSpan span);

// Buckets in sight: the narrowest width that leaves room for a bar, a second at least.
struct MomentBars {
    Instant from; // a whole number of widths since the epoch
    std::chrono::seconds width { 1 };
    std::vector<WalHistogram::Bucket> buckets;

    [[nodiscard]] Instant at(std::size_t bucket) const { return from + width * qint64(bucket); }
};
[[nodiscard]] MomentBars barsOf(const MomentLine &line, const TimeScale &scale, double least);
// What an event did to rows: deleted ones, whole transaction.
[[nodiscard]] std::uint64_t deletedBy(const WalTransaction &transaction);

} // namespace tidemark
