#pragma once

#include "pbs/client.h"
#include "support/pbs/recordings.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace tidemark::test {

using Pairs = std::vector<std::pair<QString, QString>>;

// The parameters of a recorded or a sent request, wherever they travelled and in whatever form.
[[nodiscard]] Pairs pairsOf(const QByteArray &query, const QByteArray &body, bool json);
[[nodiscard]] QStringList segmentsOf(const QByteArray &path); // decoded, without /api2/json

// Takes them out by name and type; what a typed call cannot carry spoils the whole.
class RecordedFields
{
public:
    RecordedFields(Pairs pairs, QStringList captures);

    [[nodiscard]] QString at(qsizetype index) const { return m_captures.value(index); }
    [[nodiscard]] QString text(const QString &name); // empty when absent
    [[nodiscard]] QString needed(const QString &name);
    [[nodiscard]] std::optional<QString> maybe(const QString &name);
    [[nodiscard]] std::optional<qint64> number(const QString &name);
    [[nodiscard]] std::optional<bool> flag(const QString &name);
    [[nodiscard]] std::optional<Instant> time(const QString &name);
    [[nodiscard]] QStringList all(const QString &name);
    [[nodiscard]] pbs::Group group();
    [[nodiscard]] pbs::SnapshotKey snapshot();
    [[nodiscard]] pbs::KeepOptions keep();
    [[nodiscard]] bool has(const QString &name) const;
    // Everything was taken, and was what it had to be.
    [[nodiscard]] bool spent() const;
    void spoil() { m_spoiled = true; }

private:
    Pairs m_pairs;
    QStringList m_captures;
    QSet<QString> m_taken;
    bool m_spoiled = false;
};

} // namespace tidemark::test
