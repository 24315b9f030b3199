#include "standin/routes/common.h"
#include "standin/routes/routes.h"

#include <algorithm>
#include <numeric>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

const QStringList Visible { u"Datastore.Audit"_s, u"Datastore.Backup"_s };

Reply listStores(const CallPtr &call)
{
    QJsonArray list;
    for (const auto &[name, store] : call->state().stores) {
        if (!mayAnyBelow(call->state(), call->authId, storePath(name), Visible))
            continue;
        QJsonObject item { { u"store"_s, name }, { u"comment"_s, QJsonValue() } };
        const bool whole = mayAny(call->state(), call->authId, storePath(name), Visible);
        if (whole && store.config.contains(u"comment"_s))
            item[u"comment"_s] = store.config[u"comment"_s];
        if (store.config.contains(u"maintenance-mode"_s))
            item[u"maintenance"_s] = store.config[u"maintenance-mode"_s];
        list.append(item);
    }
    return ok(list);
}

// Groups and snapshots of each type; null where there are none.
QJsonObject counts(const Datastore &store)
{
    std::map<QString, std::pair<qint64, qint64>> numbers;
    for (const auto &[ns, groups] : store.namespaces)
        for (const auto &[path, group] : groups) {
            auto &[groupCount, snapshotCount] = numbers[group.type];
            ++groupCount;
            snapshotCount += qint64(group.snapshots.size());
        }
    QJsonObject result { { u"other"_s, QJsonValue() } };
    for (const QString &type : { u"vm"_s, u"ct"_s, u"host"_s }) {
        const auto found = numbers.find(type);
        result[type] = found == numbers.end() ? QJsonValue()
                                              : QJsonValue(QJsonObject { { u"groups"_s, found->second.first },
                                                  { u"snapshots"_s, found->second.second } });
    }
    return result;
}

Reply storeStatus(const CallPtr &call)
{
    const QString name = call->text(u"store"_s);
    const bool whole = mayAny(call->state(), call->authId, storePath(name), Visible);
    if (!whole && !mayAnyBelow(call->state(), call->authId, storePath(name), Visible))
        return refuse(u"permission check failed"_s, 403);
    const auto store = openStore(call->site, name, Use::Read);
    if (!store)
        return store.error();
    const Datastore &s = **store;
    QJsonObject status { { u"total"_s, whole ? s.total : 0 }, { u"used"_s, whole ? s.used : 0 },
        { u"avail"_s, whole ? s.total - s.used : 0 } };
    if (call->flag(u"verbose"_s)) {
        status[u"counts"_s] = counts(s);
        if (whole)
            status[u"gc-status"_s] = gcStatus(s);
    }
    return ok(status);
}

// Linear regression over the fractions used, as far as they are known.
std::optional<qint64> fullDate(const QList<double> &history, qint64 start, qint64 delta)
{
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXX = 0;
    double sumXY = 0;
    for (qsizetype i = 0; i < history.size(); ++i) {
        if (history[i] < 0)
            continue;
        const double x = double(i);
        ++n;
        sumX += x;
        sumY += history[i];
        sumXX += x * x;
        sumXY += x * history[i];
    }
    const double spread = n * sumXX - sumX * sumX;
    if (n < 7 || spread == 0)
        return {};
    const double slope = (n * sumXY - sumX * sumY) / spread;
    const double offset = (sumY - slope * sumX) / n;
    if (slope == 0)
        return 0;
    constexpr double most = 9e18; // the real server's answer ends at a similar number, too
    return start + qint64(std::clamp((1.0 - offset) / slope * double(delta), -most, most));
}

constexpr qint64 HistoryDelta = 1800;
constexpr qint64 HistoryLength = 1440;

QJsonObject usageItem(const Datastore &store, qint64 now)
{
    QJsonArray history;
    for (qsizetype i = store.history.size(); i < HistoryLength; ++i)
        history.append(QJsonValue());
    for (const double fraction : store.history)
        history.append(fraction < 0 ? QJsonValue() : QJsonValue(fraction));
    const qint64 start = now - now % HistoryDelta - (HistoryLength - 1) * HistoryDelta;
    QJsonObject item { { u"store"_s, store.name() }, { u"total"_s, store.total }, { u"used"_s, store.used },
        { u"avail"_s, store.total - store.used }, { u"gc-status"_s, gcStatus(store) },
        { u"history"_s, history }, { u"history-start"_s, start }, { u"history-delta"_s, HistoryDelta } };
    const qint64 first = start + (HistoryLength - store.history.size()) * HistoryDelta;
    if (const auto date = fullDate(store.history, first, HistoryDelta))
        item[u"estimated-full-date"_s] = *date;
    return item;
}

Reply usage(const CallPtr &call)
{
    QJsonArray list;
    for (const auto &[name, store] : call->state().stores) {
        if (!mayAnyBelow(call->state(), call->authId, storePath(name), Visible))
            continue;
        if (!mayAny(call->state(), call->authId, storePath(name), Visible)) {
            list.append(QJsonObject { { u"store"_s, name } });
            continue;
        }
        const auto opened = openStore(call->site, name, Use::Read);
        list.append(opened ? usageItem(store, call->now())
                           : QJsonObject { { u"store"_s, name }, { u"error"_s, opened.error().error } });
    }
    return ok(list);
}

Reply activeOperations(const CallPtr &call)
{
    const auto store = openStore(call->site, call->text(u"store"_s), Use::Read);
    if (!store)
        return store.error();
    qint64 writers = 0;
    for (const auto &[ns, groups] : (*store)->namespaces)
        for (const auto &[path, group] : groups)
            writers += std::count_if(group.snapshots.begin(), group.snapshots.end(),
                [](const auto &item) { return item.second.inUse; });
    return ok(QJsonObject { { u"read"_s, 0 }, { u"write"_s, writers } });
}

// Sixty minutes, seventy hours or so: what rrd files hold at each time frame.
qint64 rrdStep(const QString &frame)
{
    static const QMap<QString, qint64> steps { { u"hour"_s, 60 }, { u"day"_s, 60 }, { u"week"_s, 1800 },
        { u"month"_s, 1800 }, { u"year"_s, 21'600 }, { u"decade"_s, 604'800 } };
    return steps[frame];
}

Reply storeRrd(const CallPtr &call)
{
    const auto store = openStore(call->site, call->text(u"store"_s), Use::Read);
    if (!store)
        return store.error();
    const qint64 step = rrdStep(call->text(u"timeframe"_s));
    const qint64 rows = call->text(u"timeframe"_s) == u"hour" ? 60 : 1460;
    QJsonArray list;
    for (qint64 i = rows; i >= 0; --i) {
        const qint64 time = call->now() - call->now() % step - i * step;
        QJsonObject row { { u"time"_s, time } };
        if (time >= call->site.started - call->site.started % step
            && time + step <= call->now()) { // whole steps
            const auto total = double((*store)->total);
            const auto used = double((*store)->used);
            row[u"total"_s] = total + 0.5;
            row[u"used"_s] = used + 0.5;
            row[u"available"_s] = total - used + 0.5;
            for (const QString &name :
                { u"read_ios"_s, u"read_bytes"_s, u"write_ios"_s, u"write_bytes"_s, u"io_ticks"_s })
                row[name] = 0.25;
        }
        list.append(row);
    }
    return ok(list);
}

} // namespace

void addStoreRoutes(Routes &r)
{
    r.index(u""_s, u"access admin backup config nodes ping pull reader status tape version"_s);
    r.index(u"admin"_s, u"datastore gc metrics prune sync traffic-control verify"_s);
    r.index(u"status"_s, u"datastore-usage"_s);
    r.index(u"admin/datastore/{store:store}"_s,
        u"active-operations catalog change-owner download download-decoded files gc group-notes groups "
        u"namespace notes protected prune prune-datastore pxar-file-download rrd snapshots status "
        u"upload-backup-log verify"_s);
    r.add(u"GET admin/datastore"_s, {}, listStores);
    r.add(u"GET status/datastore-usage"_s, {}, usage);
    const QString ds = u"GET admin/datastore/{store:store}/"_s;
    r.add(ds + u"status"_s, u"verbose:bool"_s, storeStatus);
    r.add(ds + u"active-operations"_s, {}, activeOperations)
        .needs(u"/datastore/{store}"_s, u"Datastore.Audit"_s);
    r.add(ds + u"rrd"_s, u"timeframe*:{hour|day|week|month|year|decade} cf*:{MAX|AVERAGE}"_s, storeRrd)
        .needs(u"/datastore/{store}"_s, u"Datastore.Audit|Datastore.Backup"_s);
}

} // namespace tidemark::standin
