#pragma once

#include "backup/servercopy.h"
#include "wal/cataloguerow.h"

#include <QHash>

#include <optional>

namespace tidemark {

// What is known of the relation whose rows a file holds.
struct RelationName {
    std::uint32_t database = 0;
    std::uint32_t oid = 0;
    QString schema; // empty: not known
    QString name;
    char kind = 'r';
    char persistence = 'p';
    bool partition = false;

    bool operator==(const RelationName &) const = default;
    [[nodiscard]] bool holdsRows() const { return kind == 'r' || kind == 'm' || kind == 'p'; }
    [[nodiscard]] QString toString() const { return schema.isEmpty() ? name : schema + u'.' + name; }
    // Of a TOAST relation, the oid of the table whose values it holds; 0: not one.
    [[nodiscard]] std::uint32_t toastOf() const;
};

// From file numbers to names, as of now in the reading: first what a copy of the server's catalogue tells,
// then what committed changes of catalogues make of it. What is not known is not guessed.
class RelationNames
{
public:
    void learn(const std::vector<Relation> &relations);
    void learn(std::uint32_t database, const ClassRow &row);
    void learnSchema(std::uint32_t database, const NamedRow &row);
    void learnDatabase(const NamedRow &row) { m_databases.insert(row.oid, row.name); }
    void moveFile(std::uint32_t database, std::uint32_t oid, std::uint32_t number); // of a mapped catalogue
    void learnTablespace(std::uint32_t database, std::uint32_t tablespace);
    void forget(std::uint32_t database, std::uint32_t oid);
    void forgetDatabase(std::uint32_t database);

    [[nodiscard]] std::optional<RelationName> of(const RelationFile &file) const;
    [[nodiscard]] std::optional<RelationName> of(std::uint32_t database, std::uint32_t oid) const;
    [[nodiscard]] std::optional<RelationFile> fileOf(std::uint32_t database, std::uint32_t oid) const;
    // With the tablespace in place of "the database's own", where that is known.
    [[nodiscard]] RelationFile whole(RelationFile file) const;
    [[nodiscard]] QString schema(std::uint32_t database, std::uint32_t oid) const; // empty: not known
    [[nodiscard]] QString database(std::uint32_t oid) const { return m_databases.value(oid); }

private:
    struct Known {
        RelationName name;
        std::uint32_t schema = 0; // oid, 0: the name is in `name`
        RelationFile file; // tablespace 0: the database's own
    };
    using Key = std::pair<std::uint32_t, std::uint32_t>; // database, oid

    void put(const Known &known);
    [[nodiscard]] std::uint32_t oidOf(const RelationFile &file) const;

    QHash<Key, Known> m_byOid;
    QHash<RelationFile, std::uint32_t> m_byFile;
    QHash<Key, QString> m_schemas;
    QHash<std::uint32_t, QString> m_databases;
    QHash<std::uint32_t, std::uint32_t> m_tablespaces; // of each database
};

} // namespace tidemark
