#pragma once

#include <QByteArray>
#include <QSet>
#include <QString>

#include <optional>
#include <vector>

namespace tidemark {

// What a step said, as lines of which long runs of alike ones are folded.
struct LogLine {
    QString text;
    int line = 0; // of all of them, from 0; of a fold its first
    int folded = 0; // stands for so many lines; 0: a line of its own

    bool operator==(const LogLine &) const = default;
};

// Folds that begin at a line in `opened` are shown in full.
[[nodiscard]] std::vector<LogLine> foldedLog(const QByteArray &output, const QSet<int> &opened = {});

// The last share that it told of itself ("72 %"), 0 to 1.
[[nodiscard]] std::optional<double> shareTold(const QByteArray &output);
[[nodiscard]] QString lastLine(const QByteArray &output);

} // namespace tidemark
