#include "store/sqlcatalogue.h"

#include "store/cataloguesql.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

class SqlCatalogue : public Catalogue, public std::enable_shared_from_this<SqlCatalogue>
{
public:
    explicit SqlCatalogue(std::shared_ptr<SqlWorker> worker)
        : m_worker(std::move(worker))
    {
    }

    QCoro::Task<Result<Known>> known(QString fleet, QString source, std::stop_token stop) override
    {
        return later<Known>(stop, [=](Database &database) { return readKnown(database, fleet, source); });
    }
    QCoro::Task<Result<Changes>> apply(QString fleet, Scan scan, std::stop_token stop) override
    {
        return later<Changes>(stop, [=, scan = std::move(scan)](Database &database) {
            return applyScan(database, fleet, scan, stop);
        });
    }
    QCoro::Task<Result<>> failed(
        QString fleet, QString source, Instant at, Error error, std::stop_token stop) override
    {
        const SourceReading reading { .source = source, .triedAt = at, .error = error };
        return later<void>(stop, [=](Database &database) { return noteFailure(database, fleet, reading); });
    }
    QCoro::Task<Result<std::vector<SourceReading>>> readings(QString fleet, std::stop_token stop) override
    {
        return later<std::vector<SourceReading>>(
            stop, [=](Database &database) { return readReadings(database, fleet); });
    }
    QCoro::Task<Result<CatalogueFacts>> facts(Fleet fleet, std::stop_token stop) override
    {
        return later<CatalogueFacts>(
            stop, [=](Database &database) { return readCatalogue(database, fleet, stop); });
    }
    QCoro::Task<Result<std::vector<Artifact>>> artifacts(
        Fleet fleet, ArtifactQuery query, std::stop_token stop) override
    {
        return later<std::vector<Artifact>>(
            stop, [=](Database &database) { return readArtifacts(database, fleet, query); });
    }
    QCoro::Task<Result<std::optional<Artifact>>> artifact(
        QString fleet, QString source, QString id, std::stop_token stop) override
    {
        return later<std::optional<Artifact>>(
            stop, [=](Database &database) { return readArtifact(database, fleet, source, id); });
    }
    QCoro::Task<Result<>> keep(QString fleet, QString cluster, ServerCopy copy, std::stop_token stop) override
    {
        return later<void>(
            stop, [=](Database &database) { return keepServerCopy(database, fleet, cluster, copy); });
    }
    QCoro::Task<Result<std::optional<ServerCopy>>> serverCopy(
        QString fleet, QString cluster, std::optional<Instant> before, std::stop_token stop) override
    {
        return later<std::optional<ServerCopy>>(
            stop, [=](Database &database) { return readServerCopy(database, fleet, cluster, before); });
    }
    QCoro::Task<Result<QMap<QString, Instant>>> copiedAt(QString fleet, std::stop_token stop) override
    {
        return later<QMap<QString, Instant>>(
            stop, [=](Database &database) { return readCopyTimes(database, fleet); });
    }
    QCoro::Task<Result<>> accept(QString fleet, Acceptance acceptance, std::stop_token stop) override
    {
        return later<void>(
            stop, [=](Database &database) { return keepAcceptance(database, fleet, acceptance); });
    }
    QCoro::Task<Result<>> withdraw(QString fleet, QString key, std::stop_token stop) override
    {
        return later<void>(stop, [=](Database &database) { return dropAcceptance(database, fleet, key); });
    }
    QCoro::Task<Result<>> keepMoments(QString fleet, MomentPlace place, std::vector<KeptMoment> moments,
        Instant since, std::stop_token stop) override
    {
        return later<void>(stop, [=, moments = std::move(moments)](Database &database) {
            return tidemark::keepMoments(database, fleet, place, moments, since);
        });
    }
    QCoro::Task<Result<std::vector<KeptMoment>>> moments(
        QString fleet, MomentPlace place, std::stop_token stop) override
    {
        return later<std::vector<KeptMoment>>(
            stop, [=](Database &database) { return readMoments(database, fleet, place); });
    }
    QCoro::Task<Result<qint64>> version(QString fleet, std::stop_token stop) override
    {
        return later<qint64>(stop, [=](Database &database) { return readVersion(database, fleet); });
    }
    QCoro::Task<Result<std::optional<Kept>>> keptInsight(QString fleet, std::stop_token stop) override
    {
        return later<std::optional<Kept>>(
            stop, [=](Database &database) { return readConclusions(database, fleet); });
    }
    QCoro::Task<Result<>> keepInsight(QString fleet, Kept kept, std::stop_token stop) override
    {
        return later<void>(stop, [=](Database &database) { return keepConclusions(database, fleet, kept); });
    }

private:
    // The work waits for its turn on the worker, and may have been given up by then.
    template <class T, class Work>
    QCoro::Task<Result<T>> later(std::stop_token stop, Work work)
    {
        auto heard = [stop, work = std::move(work)](Database &database) -> Result<T> {
            if (stop.stop_requested())
                return failure(ErrorKind::Cancelled, u"store.cancelled"_s, u"stopped before it began"_s);
            return work(database);
        };
        return answerOf(shared_from_this(), m_worker->query(std::move(heard)));
    }
    template <class T>
    static QCoro::Task<Result<T>> answerOf(std::shared_ptr<SqlCatalogue> self, Once<Result<T>> done)
    {
        auto answer = co_await done;
        static_cast<void>(self); // holds the worker until then
        co_return answer;
    }

    std::shared_ptr<SqlWorker> m_worker;
};

} // namespace

std::shared_ptr<Catalogue> makeSqlCatalogue(std::shared_ptr<SqlWorker> worker)
{
    return std::make_shared<SqlCatalogue>(std::move(worker));
}

} // namespace tidemark
