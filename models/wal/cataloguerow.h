#pragma once

#include "wal/relationfile.h"

#include <QByteArrayView>

#include <optional>

namespace tidemark {

// The system catalogues whose rows tell names.
enum class SystemCatalogue : std::uint8_t { None, Classes, Namespaces, Databases, Attributes };

// A row of pg_class, as far as it names a file.
struct ClassRow {
    std::uint32_t oid = 0;
    QString name;
    std::uint32_t schema = 0; // oid
    std::uint32_t tablespace = 0; // 0: the database's own
    std::uint32_t fileNode = 0; // 0: none, or told by the relation map
    char kind = 'r'; // as pg_class.relkind
    char persistence = 'p';
    bool partition = false;

    bool operator==(const ClassRow &) const = default;
    // Nothing when the bytes cannot be such a row.
    [[nodiscard]] static std::optional<ClassRow> read(QByteArrayView columns, int version);
    static constexpr qsizetype NamingBytes = 96; // a change behind these changes no name and no file
};

// A row of pg_namespace or pg_database: both begin with oid and name.
struct NamedRow {
    std::uint32_t oid = 0;
    QString name;

    [[nodiscard]] static std::optional<NamedRow> read(QByteArrayView columns);
};

// The first columns of pg_attribute.
struct AttributeRow {
    std::uint32_t relation = 0;
    bool dropped = false; // its name is the one a dropped column gets

    [[nodiscard]] static std::optional<AttributeRow> read(QByteArrayView columns);
    // The same where the first `missing` bytes of the row are not known.
    [[nodiscard]] static bool nameOfDropped(QByteArrayView columns, qsizetype missing);
};

} // namespace tidemark
