#include "wal/walstats.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::array Names { "XLOG", "Transaction", "Storage", "CLOG", "Database", "Tablespace", "MultiXact",
    "RelMap", "Standby", "Heap2", "Heap", "Btree", "Hash", "Gin", "Gist", "Sequence", "SPGist", "BRIN",
    "CommitTs", "ReplicationOrigin", "Generic", "LogicalMessage" };

} // namespace

void WalStats::addSince(const WalStats &before, const WalStats &now)
{
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        m_counts[i].records += now.m_counts[i].records - before.m_counts[i].records;
        m_counts[i].recordBytes += now.m_counts[i].recordBytes - before.m_counts[i].recordBytes;
        m_counts[i].imageBytes += now.m_counts[i].imageBytes - before.m_counts[i].imageBytes;
    }
}

WalStats::Count WalStats::total() const
{
    Count total;
    for (const Count &count : m_counts) {
        total.records += count.records;
        total.recordBytes += count.recordBytes;
        total.imageBytes += count.imageBytes;
    }
    return total;
}

QString WalStats::name(ResourceManager manager)
{
    const auto number = static_cast<std::size_t>(manager);
    return number < Names.size() ? QString::fromLatin1(Names[number])
                                 : u"custom%1"_s.arg(number, 3, 10, QChar(u'0'));
}

} // namespace tidemark
