#include "wal/cataloguepages.h"

#include "wal/bytesreader.h"
#include "wal/heaprecord.h"

namespace tidemark {

namespace {

constexpr qsizetype MostRows = 200'000; // beyond, rows are learned again from later images
constexpr qsizetype TupleHeader = HeapTuple::HeaderSize;

constexpr std::uint8_t PrefixFromOld = 0x20;
constexpr std::uint8_t SuffixFromOld = 0x40;

// The header of a row version as heap records carry it.
struct RowHeader {
    std::uint16_t infomask = 0;
    std::uint8_t begin = 0; // of the columns, counted as in the page
};

RowHeader readHeader(BytesReader &reader)
{
    RowHeader header;
    (void)reader.next<std::uint16_t>();
    header.infomask = reader.next<std::uint16_t>();
    header.begin = reader.next<std::uint8_t>();
    return header;
}

// Steps over the null bitmap, up to the columns.
bool toColumns(BytesReader &reader, const RowHeader &header)
{
    if (header.begin < TupleHeader)
        return false;
    (void)reader.bytes(header.begin - std::uint64_t { TupleHeader });
    return !reader.ranOut();
}

struct UpdateMain {
    std::uint16_t oldItem = 0;
    std::uint8_t flags = 0;
    std::uint16_t newItem = 0;
};

UpdateMain readUpdateMain(QByteArrayView main)
{
    BytesReader reader(main);
    UpdateMain update;
    (void)reader.next<std::uint32_t>();
    update.oldItem = reader.next<std::uint16_t>();
    (void)reader.next<std::uint8_t>();
    update.flags = reader.next<std::uint8_t>();
    (void)reader.next<std::uint32_t>();
    update.newItem = reader.next<std::uint16_t>();
    return update;
}

// A new row version that is told as what differs from the old one.
struct RowDifference {
    std::uint16_t prefix = 0;
    std::uint16_t suffix = 0;
    QByteArrayView middle {};
    bool good = false;
};

RowDifference readDifference(QByteArrayView data, std::uint8_t flags)
{
    RowDifference difference;
    BytesReader reader(data);
    if ((flags & PrefixFromOld) != 0)
        difference.prefix = reader.next<std::uint16_t>();
    if ((flags & SuffixFromOld) != 0)
        difference.suffix = reader.next<std::uint16_t>();
    const RowHeader header = readHeader(reader);
    difference.good = toColumns(reader, header);
    difference.middle = reader.rest();
    return difference;
}

QByteArray rebuilt(const RowDifference &difference, const QByteArray &old)
{
    if (!difference.good || difference.prefix > old.size() || difference.suffix > old.size())
        return {};
    return old.first(difference.prefix) + difference.middle.toByteArray() + old.last(difference.suffix);
}

} // namespace

void CataloguePages::keep(const Place &place, const QByteArray &columns)
{
    if (columns.isEmpty()) {
        m_rows.remove(place);
        return;
    }
    if (m_rows.size() >= MostRows)
        m_rows.clear();
    m_rows.insert(place, columns);
}

QByteArray CataloguePages::takeImage(const WalBlock &block)
{
    const QByteArray page = pageImage(block, m_zstd);
    takePage(block.file, block.number, page);
    return page;
}

void CataloguePages::takePage(const RelationFile &file, std::uint32_t block, QByteArrayView page)
{
    const HeapPage heap(page);
    for (int number = 1; number <= heap.count(); ++number)
        if (const auto tuple = heap.item(number))
            keep({ file, block, tuple->item }, tuple->data.toByteArray());
}

CatalogueChange CataloguePages::inserted(const WalBlock &block, QByteArrayView main)
{
    CatalogueChange change;
    change.has = true;
    const Place place { block.file, block.number, BytesReader(main).next<std::uint16_t>() };
    if (!block.hasImage || !block.data.isEmpty()) {
        BytesReader reader(block.data);
        const RowHeader header = readHeader(reader);
        keep(place, toColumns(reader, header) ? reader.rest().toByteArray() : QByteArray());
    }
    change.after = m_rows.value(place);
    return change;
}

CatalogueChange CataloguePages::updated(const WalRecordParts &parts, SystemCatalogue catalogue)
{
    CatalogueChange change;
    change.had = change.has = true;
    const UpdateMain main = readUpdateMain(parts.mainData());
    const WalBlock &block = parts.blocks().front();
    const bool elsewhere = parts.blocks().size() > 1 && parts.blocks()[1].fork == 0;
    const Place old { block.file, elsewhere ? parts.blocks()[1].number : block.number, main.oldItem };
    const Place place { block.file, block.number, main.newItem };
    change.before = m_rows.value(old);
    if (block.data.isEmpty()) {
        change.after = m_rows.value(place); // from the image
    } else {
        const RowDifference difference = readDifference(block.data, main.flags);
        const bool needsOld = difference.prefix > 0 || difference.suffix > 0;
        if (needsOld && change.before.isEmpty()) {
            change.naming = !difference.good || difference.prefix < ClassRow::NamingBytes;
            change.dropsColumn = catalogue == SystemCatalogue::Attributes
                && AttributeRow::nameOfDropped(difference.middle, difference.prefix);
        } else {
            change.after = rebuilt(difference, change.before);
        }
        keep(place, change.after);
    }
    if (const auto row = AttributeRow::read(change.after); row && catalogue == SystemCatalogue::Attributes) {
        const auto before = AttributeRow::read(change.before);
        change.dropsColumn = row->dropped && !(before && before->dropped);
    }
    return change;
}

CatalogueChange CataloguePages::deleted(const WalBlock &block, QByteArrayView main)
{
    CatalogueChange change;
    change.had = true;
    BytesReader reader(main);
    (void)reader.next<std::uint32_t>();
    change.before = m_rows.value({ block.file, block.number, reader.next<std::uint16_t>() });
    return change;
}

std::optional<CatalogueChange> CataloguePages::change(
    const WalRecord &record, const WalRecordParts &parts, SystemCatalogue catalogue)
{
    const WalBlock &block = parts.blocks().front();
    std::optional<CatalogueChange> change;
    switch (heapOperation(record.info)) {
    case HeapOperation::Insert:
        change = inserted(block, parts.mainData());
        break;
    case HeapOperation::Delete:
        change = deleted(block, parts.mainData());
        break;
    case HeapOperation::Update:
    case HeapOperation::HotUpdate:
        change = updated(parts, catalogue);
        break;
    case HeapOperation::Inplace:
        if (block.data.isEmpty())
            return {};
        keep({ block.file, block.number, BytesReader(parts.mainData()).next<std::uint16_t>() },
            block.data.toByteArray());
        return {};
    default:
        return {};
    }
    change->catalogue = catalogue;
    change->database = block.file.database;
    change->at = record.begin;
    return change;
}

} // namespace tidemark
