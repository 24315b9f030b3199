#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace tidemark {

struct Range {
    qsizetype from = 0;
    qsizetype length = 0;

    bool operator==(const Range &) const = default;
};

// How well what was typed fits an entry. Greater is better; ranges are what matched, for emphasis.
struct FuzzyMatch {
    int score = 0;
    std::vector<Range> ranges; // in the text, in order
    QString synonym; // the one that was needed, empty: none
    Range inSynonym;

    bool operator==(const FuzzyMatch &) const = default;
};

// Each word typed must be found in the text or in a synonym: best at the start of a word, else inside one,
// else (three letters and more) as letters in order. Nothing typed fits everything.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(
    const QString &typed, const QString &text, const QStringList &synonyms = {});

} // namespace tidemark
