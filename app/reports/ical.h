#pragma once

#include "values/instant.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace tidemark {

// One event of an iCalendar file. Texts may hold anything.
struct IcalEvent {
    QString uid; // the same for the same thing in every file
    Instant start;
    Instant end; // at or after start
    QString summary;
    QString description;
    QStringList categories;
    bool busy = true; // false: it takes nobody's time

    bool operator==(const IcalEvent &) const = default;
};

struct IcalFile {
    QString name; // what a calendar program calls it
    Instant stamp; // when this was told
    std::vector<IcalEvent> events;

    bool operator==(const IcalFile &) const = default;
};

// As RFC 5545 has it: CRLF, lines of at most 75 octets that never part a character, UTC times, texts escaped
// and free of control characters.
[[nodiscard]] QByteArray icalText(const IcalFile &file);

} // namespace tidemark
