#pragma once

#include "procedure/session.h"

#include <QByteArray>

namespace tidemark {

// A journal is a file of lines, each an event as JSON that names the SHA-256 of the line before it; the first
// names that of the procedure. So nothing can be changed or taken out in the middle without being seen.
[[nodiscard]] QByteArray journalLine(const SessionEvent &event, const QByteArray &before);
[[nodiscard]] QByteArray journalSum(const QByteArray &bytes); // hex

struct JournalRead {
    std::vector<SessionEvent> events;
    QByteArray last; // sum of the last good line
    qsizetype good = 0; // bytes; what follows is the cut end of a line whose writing was interrupted
    QString trouble; // why reading stopped before the end, empty: it did not
};
[[nodiscard]] JournalRead readJournal(const QByteArray &bytes, const QByteArray &procedureSum);

} // namespace tidemark
