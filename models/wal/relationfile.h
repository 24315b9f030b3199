#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>
#include <cstdint>

namespace tidemark {

// A relation's data file as WAL names it. The number is the relation's oid until its first rewrite.
struct RelationFile {
    std::uint32_t tablespace = 0;
    std::uint32_t database = 0; // 0: shared by all
    std::uint32_t number = 0;

    auto operator<=>(const RelationFile &) const = default;

    // Those a database is made with have smaller numbers, until they are rewritten.
    static constexpr std::uint32_t FirstOfUsers = 16384;
    [[nodiscard]] QString toString() const
    {
        return QStringLiteral("%1/%2/%3").arg(tablespace).arg(database).arg(number);
    }
};

inline std::size_t qHash(const RelationFile &file, std::size_t seed = 0)
{
    return ::qHash(std::uint64_t { file.number } << 32 | file.database, seed ^ file.tablespace);
}

} // namespace tidemark
