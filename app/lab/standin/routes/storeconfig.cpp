#include "standin/routes/common.h"
#include "standin/routes/routes.h"

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

const QString Deletable = u"{comment|gc-schedule|prune-schedule|keep-last|keep-hourly|keep-daily|keep-weekly|"
                          u"keep-monthly|keep-yearly|verify-new|notify-user|notify|notification-mode|tuning|"
                          u"maintenance-mode}"_s;
const QStringList Properties { u"comment"_s, u"gc-schedule"_s, u"verify-new"_s, u"notify-user"_s, u"notify"_s,
    u"notification-mode"_s, u"tuning"_s };

QString digestOfStores(const State &state)
{
    Section section;
    for (const auto &[name, store] : state.stores)
        section[name] = store.config;
    return digestOf(section);
}

Reply listConfig(const CallPtr &call)
{
    QJsonArray list;
    for (const auto &[name, store] : call->state().stores)
        if (mayAny(call->state(), call->authId, storePath(name), { u"Datastore.Audit"_s }))
            list.append(store.config);
    return withDigest(list, digestOfStores(call->state()));
}

Reply getConfig(const CallPtr &call)
{
    const auto found = call->state().stores.find(call->text(u"name"_s));
    if (found == call->state().stores.end())
        return refuse(u"no such datastore '%1'"_s.arg(call->text(u"name"_s)));
    return withDigest(found->second.config, digestOfStores(call->state()));
}

// Keep options at creation become a prune job.
void addPruneJob(const Call &call, const QString &store)
{
    QJsonObject job;
    for (const QString &unit : { u"last"_s, u"hourly"_s, u"daily"_s, u"weekly"_s, u"monthly"_s, u"yearly"_s })
        if (call.has(u"keep-"_s + unit))
            job[u"keep-"_s + unit] = call.params[u"keep-"_s + unit];
    if (job.isEmpty())
        return;
    const QString id = u"default-%1-%2"_s.arg(store).arg(call.now());
    job[u"id"_s] = id;
    job[u"store"_s] = store;
    job[u"schedule"_s] = call.has(u"prune-schedule"_s) ? call.text(u"prune-schedule"_s) : u"daily"_s;
    call.state().config[u"prune"_s][id] = job;
    call.state().scheduleSet[u"prune/"_s + id] = call.now();
}

Reply createStore(const CallPtr &call)
{
    const QString name = call->text(u"name"_s);
    if (call->state().stores.contains(name)) {
        Reply reply = refuse({});
        reply.parameterErrors = { { u"name"_s, u"datastore '%1' already exists."_s.arg(name) } };
        return reply;
    }
    TaskPlan plan;
    plan.type = u"create-datastore"_s;
    plan.id = name;
    plan.authId = call->authId;
    QJsonObject config { { u"name"_s, name }, { u"path"_s, call->text(u"path"_s) } };
    for (const QString &property : Properties)
        if (call->has(property))
            config[property] = call->params[property];
    Site &site = call->site;
    // The store is there at once; the task fills its folder with the chunk store's sub-folders.
    Datastore &store = site.state.stores[name];
    store.config = config;
    store.total = 256LL << 30;
    addPruneJob(*call, name);
    plan.steps = { { { u"Chunkstore create: 1%"_s }, {} }, { { u"Chunkstore create: 99%"_s }, {} } };
    return ok(site.tasks.start(std::move(plan)));
}

// "type=offline,message=…" as it is stored: the type bare, no quotes. The texts of PBS for what it does not
// take.
tl::expected<QString, QString> maintenanceValue(const QString &store, const QString &given)
{
    QString type;
    QString message;
    for (QString part : given.split(u',')) {
        if (part.startsWith(u"message=")) {
            message = part.mid(8).remove(u'"');
            continue;
        }
        if (part.startsWith(u"type="))
            part.remove(0, 5);
        if (!type.isEmpty())
            return tl::unexpected(
                u"writing \"/etc/proxmox-backup/datastore.cfg\" failed: verify section '%1' failed - parameter verification failed:\n- 'maintenance-mode/type': duplicate key\n- 'maintenance-mode/type': schema validation failed: value '%2' is not defined in the enumeration."_s
                    .arg(store, part.remove(u'"')));
        type = part;
    }
    if (type != u"offline" && type != u"read-only" && type != u"delete")
        return tl::unexpected(
            u"parameter verification failed - 'maintenance-mode': value '%1' is not defined in the enumeration."_s
                .arg(type));
    return message.isEmpty() ? type : u"%1,message=%2"_s.arg(type, message);
}

Reply updateStore(const CallPtr &call)
{
    const QString name = call->text(u"name"_s);
    const auto found = call->state().stores.find(name);
    if (found == call->state().stores.end())
        return refuse(u"no such datastore '%1'"_s.arg(name));
    if (call->has(u"digest"_s) && call->text(u"digest"_s) != digestOfStores(call->state()))
        return refuse(u"detected modified configuration - file changed by other user? Try again."_s);
    QJsonObject config = found->second.config;
    for (const QString &property : call->list(u"delete"_s))
        config.remove(property);
    for (const QString &property : Properties)
        if (call->has(property))
            config[property] = call->params[property];
    if (call->has(u"maintenance-mode"_s)) {
        const auto mode = maintenanceValue(name, call->text(u"maintenance-mode"_s));
        if (!mode)
            return refuse(mode.error());
        config[u"maintenance-mode"_s] = *mode;
    }
    found->second.config = config;
    if (call->has(u"gc-schedule"_s))
        call->state().scheduleSet[u"gc/"_s + name] = call->now();
    call->site.changed();
    return ok();
}

Reply deleteStore(const CallPtr &call)
{
    const QString name = call->text(u"name"_s);
    if (call->state().stores.erase(name) == 0)
        return refuse(u"datastore '%1' does not exist."_s.arg(name), 404);
    if (!call->flag(u"keep-job-configs"_s))
        for (auto &[kind, section] : call->state().config)
            std::erase_if(
                section, [&](const auto &job) { return job.second[u"store"_s].toString() == name; });
    TaskPlan plan;
    plan.type = u"delete-datastore"_s;
    plan.id = name;
    plan.authId = call->authId;
    plan.steps = { { { u"Removing datastore '%1'"_s.arg(name) }, {} } };
    return withDigest(call->site.tasks.start(std::move(plan)), digestOf({}));
}

} // namespace

void addStoreConfigRoutes(Routes &r)
{
    const QString common
        = u"comment:line gc-schedule:schedule verify-new:bool notify-user:userid notify:text "
          u"notification-mode:{legacy-sendmail|notification-system} tuning:text "
          u"maintenance-mode:text digest:digest "_s;
    r.index(u"config"_s,
        u"access acme changer datastore drive media-pool metrics notifications prune remote sync "
        u"tape-backup-job tape-encryption-keys traffic-control verify"_s);
    r.add(u"GET config/datastore"_s, {}, listConfig);
    r.add(u"POST config/datastore"_s,
         common + KeepParameters + u"name*:store path*:path prune-schedule:schedule"_s, createStore)
        .needs(u"/datastore"_s, u"Datastore.Allocate"_s)
        .privileged();
    const QString one = u" config/datastore/{name:store}"_s;
    r.add(u"GET"_s + one, {}, getConfig).needs(u"/datastore/{name}"_s, u"Datastore.Audit"_s);
    r.add(u"PUT"_s + one, common + u"delete:[]"_s + Deletable, updateStore)
        .needs(u"/datastore/{name}"_s, u"Datastore.Modify"_s)
        .privileged();
    r.add(u"DELETE"_s + one, u"keep-job-configs:bool destroy-data:bool digest:digest"_s, deleteStore)
        .needs(u"/datastore/{name}"_s, u"Datastore.Allocate"_s)
        .privileged();
    r.add(u"GET config/notifications/matchers"_s, {}, [](const CallPtr &) {
         return ok(QJsonArray { QJsonObject {
             { u"comment"_s, u"Route everything but successful prune job notifications to mail-to-root"_s },
             { u"invert-match"_s, true }, { u"match-field"_s, QJsonArray { u"exact:type=prune"_s } },
             { u"match-severity"_s, QJsonArray { u"info"_s } }, { u"mode"_s, u"all"_s },
             { u"name"_s, u"default-matcher"_s }, { u"origin"_s, u"builtin"_s },
             { u"target"_s, QJsonArray { u"mail-to-root"_s } } } });
     }).needs(u"/system/notifications"_s, u"Sys.Audit|Sys.Modify"_s);
}

} // namespace tidemark::standin
