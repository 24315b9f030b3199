#include "lab/lab.h"

#include "lab/harbor.h"
#include "lab/labfleet.h"
#include "lab/processes.h"
#include "lab/small.h"
#include "lab/standinservice.h"
#include "lab/traffic.h"
#include "lab/vault.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <future>
#include <mutex>

using namespace Qt::StringLiterals;

namespace tidemark::lab {

namespace {

using Services = std::vector<std::unique_ptr<Service>>;

Say oneAtATime(const Say &say)
{
    return [say, guard = std::make_shared<std::mutex>()](const QString &line) {
        const std::lock_guard lock(*guard);
        say(line);
    };
}

// All at once, each in a thread of its own; one that needs another waits for it.
Result<> bringUpAll(const Services &services, const Say &say)
{
    QMap<QString, std::shared_future<Result<>>> runs;
    for (const auto &service : services) {
        const auto before = runs.value(service->needs());
        const auto work = [one = service.get(), before, say]() -> Result<> {
            if (before.valid() && !before.get())
                return failure(ErrorKind::Conflict, u"lab.needs"_s, u"%1 is not up"_s.arg(one->needs()));
            return one->bringUp(say);
        };
        runs[service->name()] = std::async(std::launch::async, work).share();
    }
    Result<> all;
    for (auto it = runs.begin(); it != runs.end(); ++it) {
        const Result<> one = it.value().get();
        if (one)
            continue;
        Error error = one.error();
        error.detail = it.key() + u": "_s + error.detail;
        say(error.detail.section(u'\n', 0, 0));
        if (all || all.error().code == u"lab.needs")
            all = tl::unexpected(error);
    }
    return all;
}

QMap<QString, QJsonObject> factsOf(const Services &services)
{
    QMap<QString, QJsonObject> facts;
    for (const auto &service : services)
        facts[service->name()] = service->facts();
    return facts;
}

Result<> writeTruth(const Place &place, const Services &services)
{
    QJsonArray facts;
    for (const auto &service : services)
        facts << service->facts();
    const QJsonObject truth { { u"format"_s, 1 }, { u"lab"_s, place.folder }, { u"services"_s, facts } };
    return writeWhole(place.truthFile(), QJsonDocument(truth).toJson());
}

Result<> forgetSome(const Services &services, const QStringList &names)
{
    for (const QString &name : names) {
        const auto named = std::find_if(
            services.begin(), services.end(), [&](const auto &service) { return service->name() == name; });
        if (named == services.end())
            return failure(
                ErrorKind::NotFound, u"lab.service"_s, u"the lab has no service \"%1\""_s.arg(name));
        for (const auto &service : services) {
            const bool concerned = service->name() == name || service->needs() == name;
            if (auto done = concerned ? service->forget() : Result<>(); !done)
                return done;
        }
    }
    return {};
}

// What stays although the lab goes: what it did not make. The marker goes last, and the folder if it made it.
Result<QStringList> clearFolder(const Place &place, QStringList kept)
{
    for (const QString &path : { place.fleetFile(), place.truthFile() })
        QFile::remove(path);
    QDir(place.sockets).removeRecursively();
    if (!place.marker.runtime.isEmpty()) {
        QFile::remove(place.base);
        QDir().rmdir(place.marker.runtime);
    }
    QDir folder(place.folder);
    for (const QString &name :
        folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)) {
        const bool leftover = name.startsWith(u"lab.json."_s) || name.startsWith(u"fleet.yaml."_s)
            || name.startsWith(u"truth.json."_s);
        if (leftover)
            folder.remove(name);
        else if (name != u"lab.json" && !kept.contains(name) && !QStringList(kept).filter(name + u'/').size())
            kept << name;
    }
    if (!folder.remove(u"lab.json"_s))
        return failure(ErrorKind::Denied, u"lab.remove"_s, place.folder + u"/lab.json"_s);
    if (kept.isEmpty() && place.marker.madeFolder && !QDir().rmdir(place.folder))
        kept << place.folder;
    return kept;
}

Result<Place> lockedPlace(const QString &argument, int waitSeconds, FolderLock &lock)
{
    const auto folder = folderNamed(argument);
    if (!folder)
        return tl::unexpected(folder.error());
    if (auto place = openPlace(*folder); !place)
        return place;
    if (auto locked = lock.take(*folder, waitSeconds); !locked)
        return tl::unexpected(std::move(locked).error());
    return openPlace(*folder);
}

Result<Place> lockedNewPlace(const QString &argument, const UpOptions &options, FolderLock &lock)
{
    const QString binaries = options.binaries.isEmpty() ? postgresBinaries() : options.binaries;
    if (binaries.isEmpty() || !QFileInfo::exists(binaries + u"/initdb"_s))
        return failure(ErrorKind::NotFound, u"lab.no-postgres"_s,
            u"no PostgreSQL server is installed%1"_s.arg(
                binaries.isEmpty() ? QString() : u" in "_s + binaries));
    const auto folder = folderNamed(argument);
    if (!folder)
        return tl::unexpected(folder.error());
    if (auto made = makeNotedFolder(*folder); !made)
        return tl::unexpected(std::move(made).error());
    if (auto locked = lock.take(*folder, options.waitSeconds); !locked)
        return tl::unexpected(std::move(locked).error());
    return makePlace(*folder, QFileInfo(binaries).canonicalFilePath());
}

} // namespace

std::vector<std::unique_ptr<Service>> servicesOf(const Place &place, const QString &standIn)
{
    Services services;
    auto harbor = std::make_unique<Harbor>(place);
    const int primaryPort = harbor->port();
    services.push_back(std::move(harbor));
    services.push_back(std::make_unique<Vault>(place));
    services.push_back(std::make_unique<GapCluster>(place));
    services.push_back(std::make_unique<DumpsCluster>(place));
    services.push_back(std::make_unique<StandInService>(place, standIn));
    services.push_back(std::make_unique<Standby>(place, primaryPort));
    return services;
}

State LabStatus::worst() const
{
    State worst = State::Running;
    for (const ServiceStatus &service : services)
        worst = std::max(worst, service.state);
    return worst;
}

Result<QString> up(const QString &argument, const UpOptions &options, const Say &sayLine)
{
    const Say say = oneAtATime(sayLine);
    FolderLock lock;
    const auto place = lockedNewPlace(argument, options, lock);
    if (!place)
        return tl::unexpected(place.error());
    const auto services = servicesOf(*place, options.standIn);
    if (auto forgotten = forgetSome(services, options.rebuild); !forgotten)
        return tl::unexpected(std::move(forgotten).error());
    if (auto brought = bringUpAll(services, say); !brought)
        return tl::unexpected(std::move(brought).error());
    if (auto written = writeTruth(*place, services); !written)
        return tl::unexpected(std::move(written).error());
    if (auto written = writeFleet(*place, factsOf(services), say); !written)
        return tl::unexpected(std::move(written).error());
    if (auto busy = options.traffic ? startTraffic(*place, services.front()->port()) : Result<>(); !busy)
        return tl::unexpected(std::move(busy).error());
    return place->fleetFile();
}

Result<QStringList> down(const QString &argument, int waitSeconds, const Say &say)
{
    FolderLock lock;
    const auto place = lockedPlace(argument, waitSeconds, lock);
    if (!place)
        return tl::unexpected(place.error());
    if (auto stopped = stopTraffic(*place); !stopped)
        return tl::unexpected(std::move(stopped).error());
    const auto services = servicesOf(*place);
    QStringList kept;
    std::vector<std::future<Result<QStringList>>> ends;
    for (const auto &service : services)
        ends.push_back(std::async(std::launch::async, [one = service.get()] { return one->remove(); }));
    std::optional<Error> error;
    for (auto &end : ends) {
        auto left = end.get();
        if (left)
            kept += *left;
        else
            error = left.error();
    }
    if (error)
        return tl::unexpected(*error);
    if (auto ended = endProcesses(place->marker.id); !ended)
        return tl::unexpected(std::move(ended).error());
    auto cleared = clearFolder(*place, kept);
    if (cleared)
        say(u"%1: the lab is gone"_s.arg(place->folder));
    return cleared;
}

Result<LabStatus> status(const QString &argument)
{
    const auto folder = folderNamed(argument);
    if (!folder)
        return tl::unexpected(folder.error());
    const auto place = openPlace(*folder);
    if (!place)
        return tl::unexpected(place.error());
    LabStatus all { place->folder, place->marker.id, FolderLock::isTaken(*folder), {}, trafficPid(*place) };
    for (const auto &service : servicesOf(*place))
        all.services.push_back(service->status());
    return all;
}

Result<QJsonObject> accident(const QString &argument, const QString &kind, int waitSeconds)
{
    FolderLock lock;
    const auto place = lockedPlace(argument, waitSeconds, lock);
    if (!place)
        return tl::unexpected(place.error());
    const Harbor harbor(*place);
    if (harbor.status().state != State::Running)
        return failure(
            ErrorKind::Conflict, u"lab.stopped"_s, u"harbor-db does not run; 'tidemark-lab up' starts it"_s);
    auto happened = harbor.haveAccident(kind);
    if (!happened)
        return happened;
    QJsonObject facts = harbor.facts();
    QJsonArray accidents = facts[u"accidents"_s].toArray();
    accidents << *happened;
    facts[u"accidents"_s] = accidents;
    if (auto written = harbor.writeFacts(facts); !written)
        return tl::unexpected(std::move(written).error());
    if (auto written = writeTruth(*place, servicesOf(*place)); !written)
        return tl::unexpected(std::move(written).error());
    return happened;
}

} // namespace tidemark::lab
