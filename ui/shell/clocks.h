#pragma once

#include "values/instant.h"

#include <QObject>
#include <QTimeZone>

namespace tidemark {

// The two clocks of the program: UTC and a local zone, and which of them tables show. Widgets that show times
// repaint on changed().
class Clocks : public QObject
{
    Q_OBJECT

public:
    enum class Face { Utc, Local };

    explicit Clocks(QObject *parent = nullptr);

    [[nodiscard]] Face active() const { return m_active; }
    void setActive(Face face);
    void toggle();
    [[nodiscard]] const QTimeZone &localZone() const { return m_local; }
    // An IANA name; empty or unknown: the system's zone.
    void setLocalZone(const QString &zone);

    [[nodiscard]] QDateTime at(Instant instant) const { return at(instant, m_active); }
    [[nodiscard]] QDateTime at(Instant instant, Face face) const;

    [[nodiscard]] QString inTable(Instant instant) const; // "20 Nov 02:31", the year added when it is another
    [[nodiscard]] QString timeOfDay(Instant instant) const; // "02:31:07"
    [[nodiscard]] QString full(Instant instant) const; // "2026-11-20 02:31:07.482 UTC"
    [[nodiscard]] QString both(Instant instant) const; // "2026-11-20 02:31:07 UTC = 03:31:07 CET"
    [[nodiscard]] QString zoneWords(Instant instant) const; // "UTC", "CET +01:00"; what a header says
    [[nodiscard]] QString zoneWords(Instant instant, Face face) const;
    [[nodiscard]] QString shortZone(Instant instant, Face face) const; // "UTC", "CET", "+05:45"

    // What a person typed, with its zone: as full() writes it, or with an offset; nothing: it says no zone.
    [[nodiscard]] std::optional<Instant> typed(const QString &text) const;

Q_SIGNALS:
    void changed();

private:
    Face m_active = Face::Utc;
    QTimeZone m_local;
};

} // namespace tidemark
