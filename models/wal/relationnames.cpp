#include "wal/relationnames.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::uint32_t DefaultTablespace = 1663;

// The schemas every database is made with.
QString builtInSchema(std::uint32_t oid)
{
    switch (oid) {
    case 11:
        return u"pg_catalog"_s;
    case 99:
        return u"pg_toast"_s;
    case 2200:
        return u"public"_s;
    default:
        return {};
    }
}

} // namespace

std::uint32_t RelationName::toastOf() const
{
    static const QString prefix = u"pg_toast_"_s;
    return kind == 't' && name.startsWith(prefix) ? name.sliced(prefix.size()).toUInt() : 0;
}

void RelationNames::put(const Known &known)
{
    const Key key { known.name.database, known.name.oid };
    if (const auto old = m_byOid.constFind(key); old != m_byOid.cend() && old->file != known.file)
        if (m_byFile.value(old->file) == known.name.oid)
            m_byFile.remove(old->file);
    m_byOid.insert(key, known);
    if (known.file.number != 0)
        m_byFile.insert(known.file, known.name.oid);
}

void RelationNames::learn(const std::vector<Relation> &relations)
{
    for (const Relation &relation : relations) {
        Known known;
        known.name.database = relation.database;
        known.name.oid = relation.oid;
        known.name.schema = relation.schema;
        known.name.name = relation.name;
        known.name.kind = relation.kind;
        known.file = { relation.tablespace, relation.database, relation.fileNode };
        put(known);
        if (!relation.databaseName.isEmpty())
            m_databases.insert(relation.database, relation.databaseName);
    }
}

void RelationNames::learn(std::uint32_t database, const ClassRow &row)
{
    Known known;
    known.name = { database, row.oid, {}, row.name, row.kind, row.persistence, row.partition };
    known.schema = row.schema;
    known.file = { row.tablespace, database, row.fileNode };
    if (row.fileNode == 0) // the relation map tells; until it does, the file is the one known
        if (const auto old = m_byOid.constFind({ database, row.oid }); old != m_byOid.cend())
            known.file = old->file;
    put(known);
}

void RelationNames::learnSchema(std::uint32_t database, const NamedRow &row)
{
    m_schemas.insert({ database, row.oid }, row.name);
}

void RelationNames::learnTablespace(std::uint32_t database, std::uint32_t tablespace)
{
    if (database != 0 && tablespace != 0)
        m_tablespaces.insert(database, tablespace);
}

void RelationNames::moveFile(std::uint32_t database, std::uint32_t oid, std::uint32_t number)
{
    if (const auto old = m_byOid.constFind({ database, oid }); old != m_byOid.cend()) {
        Known known = *old;
        known.file.number = number;
        put(known);
    }
}

RelationFile RelationNames::whole(RelationFile file) const
{
    if (file.tablespace == 0)
        file.tablespace = m_tablespaces.value(file.database);
    return file;
}

void RelationNames::forget(std::uint32_t database, std::uint32_t oid)
{
    const auto known = m_byOid.constFind({ database, oid });
    if (known == m_byOid.cend())
        return;
    if (m_byFile.value(known->file) == oid)
        m_byFile.remove(known->file);
    m_byOid.erase(known);
}

void RelationNames::forgetDatabase(std::uint32_t database)
{
    m_byOid.removeIf([&](const auto &entry) { return entry.key().first == database; });
    m_byFile.removeIf([&](const auto &entry) { return entry.key().database == database; });
    m_schemas.removeIf([&](const auto &entry) { return entry.key().first == database; });
    m_databases.remove(database);
    m_tablespaces.remove(database);
}

std::uint32_t RelationNames::oidOf(const RelationFile &file) const
{
    const auto own = m_tablespaces.constFind(file.database);
    const bool isOwn
        = own != m_tablespaces.cend() ? *own == file.tablespace : file.tablespace == DefaultTablespace;
    const auto asOwn = m_byFile.constFind({ 0, file.database, file.number });
    if (isOwn && asOwn != m_byFile.cend())
        return *asOwn;
    return m_byFile.value(file);
}

std::optional<RelationName> RelationNames::of(const RelationFile &file) const
{
    const std::uint32_t oid = oidOf(file);
    return oid == 0 ? std::nullopt : of(file.database, oid);
}

std::optional<RelationName> RelationNames::of(std::uint32_t database, std::uint32_t oid) const
{
    const auto known = m_byOid.constFind({ database, oid });
    if (known == m_byOid.cend())
        return {};
    RelationName name = known->name;
    if (known->schema != 0)
        name.schema = schema(database, known->schema);
    return name;
}

QString RelationNames::schema(std::uint32_t database, std::uint32_t oid) const
{
    return m_schemas.value({ database, oid }, builtInSchema(oid));
}

std::optional<RelationFile> RelationNames::fileOf(std::uint32_t database, std::uint32_t oid) const
{
    const auto known = m_byOid.constFind({ database, oid });
    if (known == m_byOid.cend() || known->file.number == 0)
        return {};
    return known->file;
}

} // namespace tidemark
