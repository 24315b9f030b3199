#include "wal/cataloguerow.h"

#include <QtEndian>

namespace tidemark {

namespace {

constexpr qsizetype NameAt = 4;
constexpr qsizetype NameSize = 64;
constexpr std::string_view DroppedName = "........pg.dropped.";

std::uint32_t numberAt(QByteArrayView columns, qsizetype at)
{
    return qFromLittleEndian<std::uint32_t>(columns.data() + at);
}

std::optional<QString> nameAt(QByteArrayView columns, qsizetype at)
{
    const QByteArrayView whole = columns.sliced(at, NameSize);
    const qsizetype end = whole.indexOf('\0');
    if (end <= 0)
        return {};
    return QString::fromUtf8(whole.first(end));
}

} // namespace

std::optional<ClassRow> ClassRow::read(QByteArrayView columns, int version)
{
    const qsizetype more = version >= 18 ? 4 : 0; // relallfrozen
    if (columns.size() < 128 + more)
        return {};
    ClassRow row;
    row.oid = numberAt(columns, 0);
    const auto name = nameAt(columns, NameAt);
    row.schema = numberAt(columns, 68);
    row.fileNode = numberAt(columns, 88);
    row.tablespace = numberAt(columns, 92);
    row.persistence = columns[114 + more];
    row.kind = columns[115 + more];
    row.partition = columns[127 + more] != 0;
    if (row.oid == 0 || !name || !QByteArrayView("rimpStvcfI").contains(row.kind))
        return {};
    row.name = *name;
    return row;
}

std::optional<NamedRow> NamedRow::read(QByteArrayView columns)
{
    if (columns.size() < NameAt + NameSize)
        return {};
    const auto name = nameAt(columns, NameAt);
    const std::uint32_t oid = numberAt(columns, 0);
    return oid != 0 && name ? std::optional(NamedRow { oid, *name }) : std::nullopt;
}

std::optional<AttributeRow> AttributeRow::read(QByteArrayView columns)
{
    if (columns.size() < NameAt + NameSize)
        return {};
    return AttributeRow { numberAt(columns, 0), nameOfDropped(columns, 0) };
}

bool AttributeRow::nameOfDropped(QByteArrayView columns, qsizetype missing)
{
    return missing <= NameAt && columns.size() >= NameAt - missing
        && columns.sliced(NameAt - missing)
               .startsWith(QByteArrayView(DroppedName.data(), qsizetype(DroppedName.size())));
}

} // namespace tidemark
