#pragma once

#include "monitor/followeditem.h"
#include "ports/backupsource.h"
#include "ports/cataloguewatch.h"
#include "ports/fleetmonitor.h"

#include <QThreadPool>

#include <functional>
#include <memory>
#include <vector>

namespace tidemark {

// How conclusions are drawn, and how they are kept from one start to the next. The functions are called on
// other threads; `read` answers null for bytes it does not understand.
struct InsightRules {
    std::function<std::shared_ptr<const Insight>(
        const CatalogueFacts &, const Fleet &, const FleetState &, Instant now)>
        conclude;
    std::function<QByteArray(const Insight &)> write;
    std::function<std::shared_ptr<const Insight>(const QByteArray &)> read;
};

// How long after one reading a source is read again: often enough to see an RPO of its clusters being met.
[[nodiscard]] std::chrono::seconds readingInterval(const Source &source, const Fleet &fleet);

// The CatalogueWatch over adapters of sources and a catalogue. Facts are loaded after each change,
// conclusions are drawn on a thread of its own: after each loading, when servers tell something, and every
// minute, because time passes.
class CatalogueMonitor : public CatalogueWatch
{
    Q_OBJECT

public:
    struct Parts {
        // Null for kinds that cannot be read.
        std::function<std::shared_ptr<BackupSource>(const Source &, const Fleet &)> makeSource;
        std::shared_ptr<Catalogue> catalogue; // null: nothing is read
        std::shared_ptr<FleetMonitor> servers; // may be null
        std::shared_ptr<Clock> clock;
        InFlight inFlight;
        InsightRules rules;
        std::function<std::chrono::seconds(const Source &, const Fleet &)> interval = readingInterval;
    };
    explicit CatalogueMonitor(Parts parts, QObject *parent = nullptr);
    ~CatalogueMonitor() override;

    // From the next follow() on.
    void keepIn(std::shared_ptr<Catalogue> catalogue) { m_parts.catalogue = std::move(catalogue); }

    [[nodiscard]] std::shared_ptr<const Knowledge> knowledge() const override { return m_knowledge; }
    [[nodiscard]] std::shared_ptr<Catalogue> catalogue() const override { return m_parts.catalogue; }
    void follow(Fleet fleet) override;
    void refreshNow() override;
    void tryNow(QString source) override;
    void reload() override;

private:
    struct Concluded;
    using Item = FollowedItem<Changes>;

    void forget();
    void followSource(std::size_t index, std::shared_ptr<BackupSource> adapter);
    void begin(const Result<std::vector<SourceReading>> &readings);
    void offer(const Result<std::optional<Catalogue::Kept>> &kept);
    void offered(const Concluded &result, qint64 version);
    void told(std::size_t index, const Followed<Changes> &item);
    void serversTold();
    void load();
    void loaded(Result<CatalogueFacts> facts);
    void conclude();
    void concluded(Concluded result);
    void keep(qint64 version, QByteArray bytes);
    void publishSoon();
    void publish();
    static QCoro::Task<Concluded> onPool(QThreadPool *pool, std::function<Concluded()> work);

    Parts m_parts;
    Fleet m_fleet;
    Fleet m_identified; // the fleet the facts were asked for with
    std::vector<SourceWatch> m_sources;
    std::shared_ptr<const CatalogueFacts> m_facts;
    std::shared_ptr<const Insight> m_insight;
    std::shared_ptr<const Knowledge> m_knowledge;
    std::optional<Instant> m_concludedAt;
    bool m_haveFacts = false;
    bool m_keptInsight = false;
    bool m_loading = false;
    bool m_loadAgain = false;
    bool m_concluding = false;
    bool m_concludeAgain = false;
    std::optional<qint64> m_keptVersion;
    QTimer m_publish;
    QTimer m_soon; // servers told something
    QTimer m_minute;
    QTimer m_retry; // the catalogue could not be read
    QThreadPool m_pool; // its destructor waits for the conclusions under way
    std::vector<std::unique_ptr<Item>> m_items; // null for kinds that cannot be read
    TaskScope m_tasks;
};

} // namespace tidemark
