#include "store/sqlfactstore.h"

#include "store/factsql.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

tl::unexpected<Error> cancelled()
{
    return failure(ErrorKind::Cancelled, u"store.cancelled"_s, u"stopped before it began"_s);
}

// FactStore over Qt Sql, the same for both dialects.
class SqlFactStore : public FactStore, public std::enable_shared_from_this<SqlFactStore>
{
public:
    explicit SqlFactStore(std::shared_ptr<SqlWorker> worker)
        : m_worker(std::move(worker))
    {
    }

    QCoro::Task<Result<KeptFacts>> lastFacts(QString fleet, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done = m_worker->query([fleet](Database &database) { return readFacts(database, fleet); });
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<bool>> keep(
        QString fleet, QString name, ServerFacts facts, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done = keepLater(fleet, name, facts);
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<bool>> keep(QString fleet, QString name, PbsFacts facts, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done = keepLater(fleet, name, facts);
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<std::vector<ServerFacts>>> serverHistory(
        QString fleet, QString name, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const Subject subject { fleet, name };
        const auto done
            = m_worker->query([subject](Database &database) { return readHistory(database, subject); });
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<std::vector<ScanState>>> scans(QString fleet, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done = m_worker->query([fleet](Database &database) { return readScans(database, fleet); });
        auto answer = co_await done;
        co_return answer;
    }

    QCoro::Task<Result<>> keep(QString fleet, ScanState scan, std::stop_token stop) override
    {
        const auto self = shared_from_this();
        if (stop.stop_requested())
            co_return cancelled();
        const auto done
            = m_worker->query([fleet, scan](Database &database) { return keepScan(database, fleet, scan); });
        auto answer = co_await done;
        co_return answer;
    }

private:
    template <class Facts>
    Once<Result<bool>> keepLater(const QString &fleet, const QString &name, const Facts &facts)
    {
        const Subject subject { fleet, name };
        return m_worker->query(
            [subject, facts](Database &database) { return keepFacts(database, subject, facts); });
    }

    std::shared_ptr<SqlWorker> m_worker;
};

} // namespace

std::shared_ptr<FactStore> makeSqlFactStore(std::shared_ptr<SqlWorker> worker)
{
    return std::make_shared<SqlFactStore>(std::move(worker));
}

} // namespace tidemark
