#pragma once

#include "wal/cataloguerow.h"
#include "wal/pageimage.h"

#include <QHash>

#include <vector>

namespace tidemark {

// What one record does to one row of a catalogue. Columns that are not known are empty.
struct CatalogueChange {
    SystemCatalogue catalogue = SystemCatalogue::None;
    std::uint32_t database = 0;
    Lsn at;
    bool had = false; // there was a row: an update or a deletion
    bool has = false; // there is one now
    bool naming = true; // false: surely no name and no file changed
    QByteArray before;
    QByteArray after;
    bool dropsColumn = false; // of pg_attribute
};

// Follows the rows of catalogues through the WAL: from page images, and from the changes behind them. Rows
// are known by their place, as the records name them. It keeps nothing of other pages.
class CataloguePages
{
public:
    explicit CataloguePages(ZstdImage zstd)
        : m_zstd(std::move(zstd))
    {
    }
    // Keeps the rows of an image; answers with the page.
    QByteArray takeImage(const WalBlock &block);
    void takePage(const RelationFile &file, std::uint32_t block, QByteArrayView page);
    // A record of the heap resource manager whose first block is of this catalogue.
    [[nodiscard]] std::optional<CatalogueChange> change(
        const WalRecord &record, const WalRecordParts &parts, SystemCatalogue catalogue);
    void forget() { m_rows.clear(); }

private:
    struct Place {
        RelationFile file;
        std::uint32_t block = 0;
        std::uint16_t item = 0;

        bool operator==(const Place &) const = default;
        friend std::size_t qHash(const Place &place, std::size_t seed = 0)
        {
            return qHashMulti(seed, place.file, place.block, place.item);
        }
    };

    [[nodiscard]] CatalogueChange inserted(const WalBlock &block, QByteArrayView main);
    [[nodiscard]] CatalogueChange updated(const WalRecordParts &parts, SystemCatalogue catalogue);
    [[nodiscard]] CatalogueChange deleted(const WalBlock &block, QByteArrayView main);
    void keep(const Place &place, const QByteArray &columns);

    ZstdImage m_zstd;
    QHash<Place, QByteArray> m_rows;
};

} // namespace tidemark
