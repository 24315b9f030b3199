#pragma once

#include <QByteArray>
#include <QStringList>

namespace tidemark {

// The text as one word of a POSIX shell: the only place of the program that quotes for a shell. A word holds
// anything but NUL, which no shell can carry; there it is cut off.
[[nodiscard]] QByteArray shellWord(const QByteArray &text);
[[nodiscard]] QString shellWord(const QString &text);
// For people to read: as it is where no shell sees more in it than its characters.
[[nodiscard]] QString shellWordIfNeeded(const QString &text);
[[nodiscard]] QByteArray shellLine(const QStringList &words);
// The same for people to read and copy: words that mean themselves in every shell stand without quotes.
[[nodiscard]] QString readableShellLine(const QStringList &words);

} // namespace tidemark
