#pragma once

#include "store/packing.h"

#include <array>
#include <span>
#include <vector>

namespace tidemark {

// What the rules need of an artifact, as numbers and two texts.
struct PackedFact {
    enum Number {
        Group, // of artifact_groups
        Traits,
        Start,
        Stop,
        AssuredAt,
        StartLsn,
        StopLsn,
        Timeline,
        Size,
        Stored,
        Objects,
        Numbers
    };
    quint32 present = 0; // a bit for each number that is there
    std::array<quint64, Numbers> numbers {};
    QString parent;
    QString reason; // why it is not good, in words

    bool operator==(const PackedFact &) const = default;
    [[nodiscard]] bool has(Number which) const { return (present >> which & 1) != 0; }
    void put(Number which, quint64 value)
    {
        present |= 1U << which;
        numbers[which] = value;
    }
};

// An artifact as it lies in a page.
struct ArtifactRow {
    QString id;
    QString stamp;
    PackedFact fact;
    QByteArray own; // JSON of what is rare; empty: nothing

    bool operator==(const ArtifactRow &) const = default;
};

// Some hundred artifacts of one source as three pieces of bytes, so that who needs the names alone reads no
// more. Each artifact is told by how it differs from the one before, which is short where ids are in order.
struct ArtifactPage {
    QByteArray names;
    QByteArray facts;
    QByteArray own;
};
[[nodiscard]] ArtifactPage packed(std::span<const ArtifactRow> rows);
// Nothing: the bytes are damaged.
[[nodiscard]] std::optional<std::vector<ArtifactRow>> unpacked(const ArtifactPage &page);

// Reads the pieces from one artifact to the next; a page that is damaged is refused before the first.
class NamesReader
{
public:
    enum class Stamps { Read, Skip };
    NamesReader(const QByteArray &names, Stamps stamps); // which must outlive it
    [[nodiscard]] bool isGood() const { return !m_bytes.isBad(); }
    [[nodiscard]] bool next();
    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] const QString &stamp() const { return m_stamp; }

private:
    bool m_withStamps;
    Unpacker m_bytes;
    QString m_id;
    QString m_stamp;
};

class FactsReader
{
public:
    explicit FactsReader(const QByteArray &facts);
    [[nodiscard]] bool isGood() const { return !m_bytes.isBad(); }
    [[nodiscard]] bool next();
    [[nodiscard]] const PackedFact &fact() const { return m_fact; }

private:
    void takeText(bool there, QString &last, QString &text);

    Unpacker m_bytes;
    PackedFact m_fact;
    std::array<quint64, PackedFact::Numbers> m_last {};
    QString m_parent;
    QString m_reason;
};

} // namespace tidemark
