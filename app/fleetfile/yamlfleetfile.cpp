#include "fleetfile/yamlfleetfile.h"

#include "fleetfile/fleetdisk.h"
#include "fleetfile/fleetedit.h"
#include "ports/once.h"

#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

template <class T>
using Work = std::function<Result<T>()>;

template <class T>
Result<T> cancelled()
{
    return failure(ErrorKind::Cancelled, u"cancelled"_s, {});
}

// Runs on the pool; a stop request is answered at once and the result is dropped.
template <class T>
QCoro::Task<Result<T>> onPool(Work<T> work, std::stop_token stop)
{
    const Once<Result<T>> done;
    const std::stop_callback onStop(stop, [done] { done.settle(cancelled<T>()); });
    if (!stop.stop_requested())
        QThreadPool::globalInstance()->start([done, work] { done.settle(work()); });
    auto result = co_await done;
    co_return result;
}

class YamlFleetFile : public FleetFile
{
public:
    QCoro::Task<Result<LoadedFleet>> load(QString path, std::stop_token stop) override
    {
        return onPool<LoadedFleet>([path] { return fleetfile::loadNow(path); }, std::move(stop));
    }
    QCoro::Task<Result<QByteArray>> preview(
        QByteArray before, std::vector<FleetEdit> edits, std::stop_token stop) override
    {
        return onPool<QByteArray>([=] { return fleetfile::editFleet(before, edits); }, std::move(stop));
    }
    // Once begun, writing goes on to its end: a stop request is heeded before it only.
    QCoro::Task<Result<LoadedFleet>> edit(
        QString path, QByteArray before, std::vector<FleetEdit> edits, std::stop_token stop) override
    {
        const bool stopped = stop.stop_requested();
        return onPool<LoadedFleet>(
            [=] { return stopped ? cancelled<LoadedFleet>() : fleetfile::editNow(path, before, edits); }, {});
    }
};

class YamlFleetCheck : public FleetCheck
{
public:
    QCoro::Task<Result<FleetRemarks>> check(QString path, std::stop_token stop) override
    {
        return onPool<FleetRemarks>([path] { return fleetfile::checkNow(path); }, std::move(stop));
    }
};

} // namespace

std::shared_ptr<FleetFile> makeYamlFleetFile()
{
    return std::make_shared<YamlFleetFile>();
}

std::shared_ptr<FleetCheck> makeYamlFleetCheck()
{
    return std::make_shared<YamlFleetCheck>();
}

} // namespace tidemark
