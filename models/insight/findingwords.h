#pragma once

#include "insight/findings.h"

#include <functional>

namespace tidemark {

// How times and sizes are told: the caller's clock and units.
struct FindingFormats {
    std::function<QString(Instant)> time; // "16 Nov 09:20 UTC"
    std::function<QString(std::chrono::seconds)> duration; // "3 min 20 s"
    std::function<QString(Bytes)> size; // "1.24 GiB"
};
// ISO times, the two largest units, binary sizes: for a terminal.
[[nodiscard]] FindingFormats plainFormats();

struct FindingWords {
    QString title; // a sentence that names the object: "shop's WAL has a gap: 4 segments are missing"
    QString consequence; // what a person loses
    QString evidence; // numbers, names, the other side's words; may be empty
    QString action; // text of the button

    bool operator==(const FindingWords &) const = default;
};
[[nodiscard]] FindingWords wordsFor(const Finding &finding, const FindingFormats &formats);

// The sentence an overview opens with: "content-db has had no restorable moment since 16 Nov 09:20 UTC".
[[nodiscard]] QString verdictSentence(const Insight &insight, const FindingFormats &formats);

// The same for any finding that is the worst of what is shown; `cluster` null: it is about none.
[[nodiscard]] QString worstSentence(
    const Finding &worst, const ClusterInsight *cluster, const FindingFormats &formats);

// "restorable to any second", "nothing can be restored" …
[[nodiscard]] QString wordFor(ClusterStanding standing);
[[nodiscard]] QString wordFor(Confidence confidence);
[[nodiscard]] QString wordFor(FindingAction action);

} // namespace tidemark
