#include "settings/pendingchanges.h"

namespace tidemark {

static bool isBelow(const QStringList &path, const QStringList &item)
{
    return path.size() >= item.size() && path.first(item.size()) == item;
}

void PendingChanges::removeBelow(const QStringList &item)
{
    m_values.removeIf([&](const auto &entry) { return isBelow(entry.key(), item); });
}

void PendingChanges::put(const QStringList &item, const std::vector<FleetEdit> &edits)
{
    removeBelow(item);
    for (const FleetEdit &edit : edits)
        m_values.insert(edit.path, edit.value);
    Q_EMIT changed();
}

void PendingChanges::add(const FleetEdit &edit)
{
    m_values.insert(edit.path, edit.value);
    Q_EMIT changed();
}

void PendingChanges::clear()
{
    m_values.clear();
    Q_EMIT changed();
}

std::vector<FleetEdit> PendingChanges::all() const
{
    return below({});
}

std::vector<FleetEdit> PendingChanges::below(const QStringList &item) const
{
    std::vector<FleetEdit> edits;
    for (auto it = m_values.begin(); it != m_values.end(); ++it) {
        if (isBelow(it.key(), item))
            edits.push_back({ it.key(), it.value() });
    }
    return edits;
}

} // namespace tidemark
