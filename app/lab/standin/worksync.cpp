#include "standin/work.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTcpSocket>

#include <algorithm>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

RemoteEnd remoteEnd(const Site &site, const QJsonObject &remote)
{
    const QHostAddress host(remote[u"host"_s].toString());
    if (!host.isLoopback())
        return RemoteEnd::Dead; // the stand-in never leaves this machine
    const int port = remote[u"port"_s].toInt(site.port);
    if (port == site.port)
        return RemoteEnd::Self;
    QTcpSocket probe;
    probe.connectToHost(host, quint16(port));
    return probe.waitForConnected(200) ? RemoteEnd::Silent : RemoteEnd::Dead;
}

QString connectionError(const QJsonObject &remote)
{
    return u"error trying to connect: error connecting to https://%1:%2/ - tcp connect error: Connection refused (os error 111)"_s
        .arg(remote[u"host"_s].toString())
        .arg(remote[u"port"_s].toInt(8007));
}

namespace {

bool passesFilters(const QJsonArray &filters, const Group &group)
{
    bool anyInclude = false;
    bool included = false;
    for (const auto &value : filters) {
        QString filter = value.toString();
        const bool exclude = filter.startsWith(u"exclude:");
        if (exclude || filter.startsWith(u"include:"))
            filter.remove(0, 8);
        const QString kind = filter.section(u':', 0, 0);
        const QString what = filter.section(u':', 1);
        const bool fits = kind == u"type" ? group.type == what
            : kind == u"group"            ? group.path() == what
                                          : QRegularExpression(what).match(group.path()).hasMatch();
        if (exclude && fits)
            return false;
        anyInclude = anyInclude || !exclude;
        included = included || (!exclude && fits);
    }
    return !anyInclude || included;
}

struct Pull {
    Site &site;
    QString source, sourceNs, target, targetNs, owner;
    int transferLast = 0;
    bool removeVanished = false;
    bool failed = false;
    qint64 transferred = 0;
};

// Copies one group's snapshots that are newer than what the target has.
void copyGroup(
    const std::shared_ptr<Pull> &pull, const QString &fromNs, const QString &toNs, const QString &path)
{
    auto &stores = pull->site.state.stores;
    if (!stores.contains(pull->source) || !stores.contains(pull->target))
        return;
    const Group *from = stores.at(pull->source).group(fromNs, path);
    if (!from)
        return;
    Group &to = stores.at(pull->target).namespaces[toNs][path];
    if (!to.owner.isEmpty() && to.owner != pull->owner) {
        pull->failed = true;
        return;
    }
    to.type = from->type;
    to.id = from->id;
    to.owner = pull->owner;
    const qint64 newest = to.snapshots.empty() ? 0 : to.snapshots.rbegin()->first;
    for (const auto &[time, snapshot] : from->snapshots)
        if (time > newest && snapshot.finished() && !snapshot.inUse) {
            Snapshot copy = snapshot;
            copy.isProtected = false;
            to.snapshots.emplace(time, copy);
            ++pull->transferred;
        }
    if (pull->transferLast > 0)
        while (newest == 0 && to.snapshots.size() > std::size_t(pull->transferLast))
            to.snapshots.erase(to.snapshots.begin());
    if (pull->removeVanished)
        std::erase_if(to.snapshots, [&](const auto &item) {
            return !item.second.isProtected && !from->snapshots.contains(item.first);
        });
}

TaskStep groupStep(
    const std::shared_ptr<Pull> &pull, const QString &fromNs, const QString &toNs, const Group &group)
{
    TaskStep step;
    for (const auto &[time, snapshot] : group.snapshots)
        step.lines.append(u"sync snapshot %1/%2"_s.arg(group.path(), isoTime(time)));
    step.effect = [pull, fromNs, toNs, path = group.path()] { copyGroup(pull, fromNs, toNs, path); };
    return step;
}

QString inTarget(const Pull &pull, const QString &ns)
{
    const QString below = ns.mid(pull.sourceNs.isEmpty() ? 0 : pull.sourceNs.size() + 1);
    if (pull.targetNs.isEmpty() || below.isEmpty())
        return pull.targetNs + below;
    return pull.targetNs + u'/' + below;
}

void addCopies(const std::shared_ptr<Pull> &pull, const QJsonObject &job, TaskPlan &plan)
{
    const auto found = pull->site.state.stores.find(pull->source);
    if (found == pull->site.state.stores.end()) {
        plan.outcome = [source = pull->source] { return u"no such datastore '%1'"_s.arg(source); };
        return;
    }
    std::optional<int> depth;
    if (job.contains(u"max-depth"_s))
        depth = job[u"max-depth"_s].toInt();
    for (const QString &ns : namespacesBelow(found->second, pull->sourceNs, depth)) {
        const QString toNs = inTarget(*pull, ns);
        const auto space = [](const QString &name) {
            return name.isEmpty() ? u"root namespace"_s : u"namespace '%1'"_s.arg(name);
        };
        plan.steps.push_back({ { u"----"_s,
                                   u"Syncing datastore '%1', %2 into datastore '%3', %4"_s.arg(
                                       pull->source, space(ns), pull->target, space(toNs)) },
            {} });
        for (const auto &[path, group] : found->second.namespaces.at(ns))
            if (passesFilters(job[u"group-filter"_s].toArray(), group))
                plan.steps.push_back(groupStep(pull, ns, toNs, group));
    }
    plan.closing = [pull]() -> QStringList {
        return { u"Summary: sync job pulled %1 snapshots"_s.arg(pull->transferred) };
    };
    plan.outcome
        = [pull]() -> QString { return pull->failed ? u"sync failed with some errors."_s : QString(); };
}

} // namespace

TaskPlan pullPlan(Site &site, const QJsonObject &job, const QString &authId)
{
    const auto text = [&](const QString &name) { return job[name].toString(); };
    const QString remote = text(u"remote"_s);
    TaskPlan plan;
    plan.authId = authId;
    plan.abortText = u"sync aborted"_s;
    const QString from = remote.isEmpty() ? text(u"remote-store"_s) : remote + u'/' + text(u"remote-store"_s);
    TaskStep head;
    if (job.contains(u"id"_s)) {
        plan.type = u"syncjob"_s;
        plan.id = u"%1:%2:%3:%4:%5"_s.arg(remote.isEmpty() ? u"-"_s : remote, text(u"remote-store"_s),
            text(u"store"_s), text(u"ns"_s), text(u"id"_s));
        plan.job = u"sync/"_s + text(u"id"_s);
        head.lines.append(u"Starting datastore sync job '%1'"_s.arg(*plan.id));
    } else {
        plan.type = u"sync"_s;
        plan.id = text(u"store"_s);
    }
    head.lines.append(u"sync datastore '%1' from '%2'"_s.arg(text(u"store"_s), from));
    plan.steps.push_back(head);
    const QJsonObject other = site.state.config[u"remote"_s][remote];
    const RemoteEnd end = remote.isEmpty() ? RemoteEnd::Self : remoteEnd(site, other);
    plan.hangs = end == RemoteEnd::Silent;
    if (end == RemoteEnd::Dead)
        plan.outcome = [other] { return connectionError(other); };
    if (end != RemoteEnd::Self)
        return plan;
    const QString owner = job.contains(u"owner"_s) ? text(u"owner"_s) : u"root@pam"_s;
    const auto pull
        = std::make_shared<Pull>(Pull { site, text(u"remote-store"_s), text(u"remote-ns"_s), text(u"store"_s),
            text(u"ns"_s), owner, job[u"transfer-last"_s].toInt(), job[u"remove-vanished"_s].toBool() });
    addCopies(pull, job, plan);
    return plan;
}

} // namespace tidemark::standin
