#include "standin/work.h"

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

struct Found {
    qint64 indexFiles = 0;
    qint64 indexBytes = 0;
    QStringList broken; // snapshots that need a chunk which is gone
};

Found lookThrough(const Datastore &store)
{
    Found found;
    for (const auto &[ns, groups] : store.namespaces)
        for (const auto &[path, group] : groups)
            for (const auto &[time, snapshot] : group.snapshots) {
                for (const FileEntry &file : snapshot.files)
                    if (file.name.endsWith(u"idx")) {
                        ++found.indexFiles;
                        found.indexBytes += file.size.value_or(0);
                    }
                const bool knownBad = snapshot.verification && snapshot.verification->state == u"failed";
                if (knownBad)
                    found.broken.append(store.folder(ns, path + u'/' + snapshot.timeText()));
            }
    return found;
}

QString size(qint64 bytes)
{
    static const QStringList units { u"B"_s, u"KiB"_s, u"MiB"_s, u"GiB"_s, u"TiB"_s };
    double value = double(bytes);
    int unit = 0;
    for (; value >= 1024 && unit < 4; ++unit)
        value /= 1024;
    return unit == 0 ? u"%1 B"_s.arg(bytes) : QString::number(value, 'f', 3) + u' ' + units[unit];
}

} // namespace

TaskPlan collectPlan(Site &site, const QString &name, const QString &authId)
{
    TaskPlan plan;
    plan.type = u"garbage_collection"_s;
    plan.id = name;
    plan.authId = authId;
    plan.job = u"gc/"_s + name;
    const Found found = lookThrough(site.state.stores.at(name));
    // Ten of the real server's hundred percent lines are enough to see it move.
    plan.steps.push_back(
        { { u"starting garbage collection on store "_s + name, u"Start GC phase1 (mark used chunks)"_s },
            {} });
    for (int percent = 10; percent <= 100; percent += 10)
        plan.steps.push_back({ { u"marked %1% (%2 of %3 index files)"_s.arg(percent)
                                       .arg(found.indexFiles * percent / 100)
                                       .arg(found.indexFiles) },
            {} });
    QStringList warnings;
    for (const QString &folder : found.broken)
        warnings.append(
            u"WARN: warning: unable to access non-existent chunk, required by \"%1\""_s.arg(folder));
    plan.steps.push_back({ warnings
            + QStringList { u"Start GC phase2 (sweep unused chunks)"_s, u"processed 100% (all chunks)"_s },
        {} });
    const auto upid = std::make_shared<QString>();
    plan.started = [upid](const QString &own) { *upid = own; };
    TaskStep last;
    last.lines = { u"Removed garbage: 0 B"_s, u"Removed chunks: 0"_s,
        u"Original data usage: "_s + size(found.indexBytes), u"Deduplication factor: 12.00"_s };
    last.effect = [&site, name, found, upid] {
        const auto store = site.state.stores.find(name);
        if (store == site.state.stores.end())
            return;
        QJsonObject &gc = store->second.gc;
        const qint64 chunkBytes = found.indexBytes / 12;
        gc = { { u"upid"_s, *upid }, { u"index-file-count"_s, found.indexFiles },
            { u"index-data-bytes"_s, found.indexBytes }, { u"disk-bytes"_s, chunkBytes },
            { u"disk-chunks"_s, chunkBytes / (2 << 20) + 1 }, { u"still-bad"_s, found.broken.size() } };
    };
    plan.steps.push_back(last);
    plan.outcome = [count = found.broken.size()]() -> QString {
        return count == 0 ? QString() : u"WARNINGS: %1"_s.arg(count);
    };
    return plan;
}

} // namespace tidemark::standin
