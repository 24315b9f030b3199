#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

namespace tidemark {

// Scripts for a POSIX shell on Linux that start, watch and end jobs. A job is a folder in the account's home,
// or in /var/tmp where it has none: `script`, `claim` (a folder; who makes it runs the script), `pid` (with
// birth and boot, so that a number used again is not taken for it), `out`, `exit`.
// Answers: one line "STATE EXIT SIZE", then output.
[[nodiscard]] QByteArray startJobScript(const QString &id, const QByteArray &script);
[[nodiscard]] QByteArray lookJobScript(const QString &id, qint64 from, std::chrono::milliseconds patience);
[[nodiscard]] QByteArray endJobScript(const QString &id);
[[nodiscard]] QByteArray forgetJobScript(const QString &id);

} // namespace tidemark
