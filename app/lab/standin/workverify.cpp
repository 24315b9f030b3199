#include "standin/privileges.h"
#include "standin/work.h"

#include <QCryptographicHash>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

struct Target {
    QString ns;
    QString group;
    qint64 time = 0;
};

// One run of a verification: what failed so far, and under which UPID results are kept.
struct Run {
    Site &site;
    VerifyOrder order;
    QStringList failed;
    QString upid;
};

Snapshot *find(Site &site, const VerifyOrder &order, const Target &target)
{
    const auto store = site.state.stores.find(order.store);
    Group *group = store == site.state.stores.end() ? nullptr : store->second.group(target.ns, target.group);
    if (!group)
        return nullptr;
    const auto snapshot = group->snapshots.find(target.time);
    return snapshot == group->snapshots.end() ? nullptr : &snapshot->second;
}

bool isWanted(const VerifyOrder &order, const Snapshot &snapshot, qint64 now)
{
    if (!order.ignoreVerified || !snapshot.verification)
        return true;
    if (!order.outdatedAfter)
        return false;
    const auto read = parseUpid(snapshot.verification->upid);
    return !read || now - read->start > *order.outdatedAfter * 86'400;
}

QString mebibytes(qint64 bytes)
{
    return QString::number(double(bytes) / (1 << 20), 'f', 2);
}

QStringList fileLines(const VerifyOrder &order, const QString &path, const Snapshot &snapshot)
{
    QStringList lines;
    bool isFirst = true;
    for (const FileEntry &file : snapshot.files) {
        if (file.name == u"index.json.blob" || file.name == u"client.log.blob")
            continue;
        lines.append(u"  check "_s + file.name);
        const bool bad = snapshot.corrupt && isFirst;
        isFirst = false;
        if (file.name.endsWith(u".blob"))
            continue;
        const QString chunk = QString::fromLatin1(
            QCryptographicHash::hash((path + file.name).toUtf8(), QCryptographicHash::Sha256).toHex());
        if (bad)
            lines.append(
                u"can't verify chunk, load failed - store '%1', unable to load chunk '%2' - Data blob has wrong CRC checksum."_s
                    .arg(order.store, chunk));
        const QString size = mebibytes(bad ? 0 : file.size.value_or(0));
        lines.append(
            u"  verified %1/%1 MiB in 0.01 seconds, speed 128.00/128.00 MiB/s (%2 errors)"_s.arg(size).arg(
                bad ? 1 : 0));
        if (bad)
            lines.append(
                u"verify %1:%2/%3 failed: chunks could not be verified"_s.arg(order.store, path, file.name));
    }
    return lines;
}

TaskStep snapshotStep(const std::shared_ptr<Run> &run, const Target &target)
{
    const QString path = target.group + u'/' + isoTime(target.time);
    const QString name = run->order.store + u':' + path;
    const Snapshot *snapshot = find(run->site, run->order, target);
    TaskStep step;
    if (!snapshot || !snapshot->finished() || snapshot->badManifest) {
        const QString folder = run->site.state.stores.at(run->order.store).folder(target.ns, path);
        step.lines = {
            u"verify %1 - manifest load error: unable to load blob '\"%2/index.json.blob\"' - No such file or directory (os error 2)"_s
                .arg(name, folder)
        };
        step.effect = [run, path] { run->failed.append(path); };
        return step;
    }
    step.lines = QStringList { u"verify "_s + name } + fileLines(run->order, path, *snapshot);
    step.effect = [run, target, path] {
        Snapshot *now = find(run->site, run->order, target);
        if (!now)
            return;
        now->verification = Verification { run->upid, now->corrupt ? u"failed"_s : u"ok"_s };
        if (now->corrupt)
            run->failed.append(path);
    };
    return step;
}

QList<Target> targetsOf(const Site &site, const VerifyOrder &order, const QString &ns, const Group &group)
{
    QList<Target> targets;
    for (auto it = group.snapshots.rbegin(); it != group.snapshots.rend(); ++it)
        if (!it->second.inUse && isWanted(order, it->second, site.now()))
            targets.append({ ns, group.path(), it->first });
    return targets;
}

void addGroup(const std::shared_ptr<Run> &run, const QString &ns, const Group &group, TaskPlan &plan)
{
    plan.steps.push_back({ { u"verify group %1:%2 (%3 snapshots)"_s.arg(run->order.store, group.path())
                                   .arg(group.snapshots.size()) },
        {} });
    for (const Target &target : targetsOf(run->site, run->order, ns, group))
        plan.steps.push_back(snapshotStep(run, target));
}

void addStore(const std::shared_ptr<Run> &run, TaskPlan &plan)
{
    const VerifyOrder &order = run->order;
    const Datastore &store = run->site.state.stores.at(order.store);
    QList<std::pair<QString, const Group *>> found;
    for (const QString &ns : namespacesBelow(store, order.ns, order.maxDepth))
        for (const auto &[path, group] : store.namespaces.at(ns))
            if (!order.ownOnly || ownsAs(order.authId, group.owner))
                found.append({ ns, &group });
    plan.steps.push_back(
        { { u"verify datastore "_s + order.store, u"found %1 groups"_s.arg(found.size()) }, {} });
    for (qsizetype i = 0; i < found.size(); ++i) {
        addGroup(run, found[i].first, *found[i].second, plan);
        plan.steps.push_back({ { u"percentage done: %1% (%2/%3 groups)"_s
                                       .arg(100.0 * double(i + 1) / double(found.size()), 0, 'f', 2)
                                       .arg(i + 1)
                                       .arg(found.size()) },
            {} });
    }
}

QString nsPath(const QString &ns)
{
    return ns.isEmpty() ? QString() : u"ns/"_s + QString(ns).replace(u"/"_s, u"/ns/"_s);
}

} // namespace

TaskPlan verifyPlan(Site &site, const VerifyOrder &order)
{
    const auto run = std::make_shared<Run>(Run { site, order, {}, {} });
    TaskPlan plan;
    plan.authId = order.authId;
    const QString inside = order.store + u':' + nsPath(order.ns) + u'/' + order.group;
    plan.started = [run](const QString &upid) { run->upid = upid; };
    if (order.time) {
        plan.type = u"verify_snapshot"_s;
        plan.id = inside + u'/' + QString::number(*order.time, 16).toUpper().rightJustified(8, u'0');
        plan.steps.push_back(snapshotStep(run, { order.ns, order.group, *order.time }));
    } else if (!order.group.isEmpty()) {
        plan.type = u"verify_group"_s;
        plan.id = inside;
        if (const Group *group = site.state.stores.at(order.store).group(order.ns, order.group))
            addGroup(run, order.ns, *group, plan);
    } else {
        plan.type = u"verify"_s;
        plan.id = order.ns.isEmpty() ? order.store : order.store + u':' + nsPath(order.ns);
        addStore(run, plan);
    }
    plan.outcome = [run]() -> QString {
        if (run->failed.isEmpty())
            return {};
        return u"verification failed - please check the log for details"_s;
    };
    plan.closing = [run]() -> QStringList {
        if (run->failed.isEmpty())
            return {};
        QStringList lines { u"Failed to verify the following snapshots/groups:"_s };
        for (const QString &path : run->failed)
            lines.append(u'\t' + path);
        return lines;
    };
    return plan;
}

} // namespace tidemark::standin
