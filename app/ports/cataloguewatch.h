#pragma once

#include "fleet/fleet.h"
#include "ports/catalogue.h"

#include <QObject>

#include <memory>

namespace tidemark {

struct Insight; // insight/insight.h

// One source as it is followed: its last reading and what comes next.
struct SourceWatch {
    SourceReading reading; // nothing in it: never tried
    bool read = true; // false: nobody here can read this kind of source
    std::optional<Instant> askedAt; // the question is out since then
    std::optional<Instant> nextTry; // after a failure

    bool operator==(const SourceWatch &) const = default;
};

// All that is known of one fleet's backups, as a value that never changes once it is handed out. Indexes in
// the insight point into these facts.
struct Knowledge {
    QString fleet;
    std::shared_ptr<const CatalogueFacts> facts; // never null
    std::shared_ptr<const Insight> insight; // null: nothing was concluded yet
    std::vector<SourceWatch> sources; // of the fleet, in its order
    std::optional<Instant> concludedAt;
    bool kept = false; // the conclusions are those of an earlier start; the facts are not read yet

    [[nodiscard]] const SourceWatch *source(const QString &name) const
    {
        for (const SourceWatch &one : sources) {
            if (one.reading.source == name)
                return &one;
        }
        return nullptr;
    }
};

// Follows every source of the open fleet on its own interval, with backoff 2, 5, 15, 30, 60 s when one cannot
// be read, keeps what they tell in the catalogue and draws the conclusions anew after each change. What was
// concluded at the last start is offered at once.
class CatalogueWatch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    // Never null; the same pointer until changed().
    [[nodiscard]] virtual std::shared_ptr<const Knowledge> knowledge() const = 0;
    // For single artifacts and pages of them; null while no store is open.
    [[nodiscard]] virtual std::shared_ptr<Catalogue> catalogue() const { return nullptr; }
    virtual void follow(Fleet fleet) = 0;
    virtual void refreshNow() = 0;
    virtual void tryNow(QString source) = 0;
    // Something was written to the catalogue beside the watch, as by accept(): conclusions are drawn anew.
    virtual void reload() { }

Q_SIGNALS:
    void changed();
};

} // namespace tidemark
