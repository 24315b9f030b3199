#include "standin/state.h"

#include <QJsonArray>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

template <class Range, class Make>
QJsonArray arrayOf(const Range &range, Make make)
{
    QJsonArray result;
    for (const auto &item : range)
        result.append(make(item));
    return result;
}

QJsonObject toJson(const FileEntry &f)
{
    QJsonObject o { { u"n"_s, f.name }, { u"c"_s, f.cryptMode } };
    if (f.size)
        o[u"s"_s] = *f.size;
    return o;
}

FileEntry fileEntry(const QJsonObject &o)
{
    FileEntry f { .name = o[u"n"_s].toString(), .cryptMode = o[u"c"_s].toString(), .size = {} };
    if (o.contains(u"s"_s))
        f.size = o[u"s"_s].toInteger();
    return f;
}

QJsonObject toJson(const Snapshot &s)
{
    QJsonObject o { { u"t"_s, s.time },
        { u"files"_s, arrayOf(s.files, [](const FileEntry &f) { return toJson(f); }) } };
    const auto text = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            o[name] = value;
    };
    const auto flag = [&](const QString &name, bool value) {
        if (value)
            o[name] = true;
    };
    text(u"notes"_s, s.notes);
    text(u"key"_s, s.keyFingerprint);
    if (s.verification)
        o[u"verified"_s] = QJsonArray { s.verification->upid, s.verification->state };
    flag(u"protected"_s, s.isProtected);
    flag(u"inUse"_s, s.inUse);
    flag(u"corrupt"_s, s.corrupt);
    flag(u"badManifest"_s, s.badManifest);
    return o;
}

Snapshot snapshot(const QJsonObject &o)
{
    Snapshot s;
    s.time = o[u"t"_s].toInteger();
    for (const auto &f : o[u"files"_s].toArray())
        s.files.append(fileEntry(f.toObject()));
    s.notes = o[u"notes"_s].toString();
    s.keyFingerprint = o[u"key"_s].toString();
    if (const auto v = o[u"verified"_s].toArray(); v.size() == 2)
        s.verification = Verification { v[0].toString(), v[1].toString() };
    s.isProtected = o[u"protected"_s].toBool();
    s.inUse = o[u"inUse"_s].toBool();
    s.corrupt = o[u"corrupt"_s].toBool();
    s.badManifest = o[u"badManifest"_s].toBool();
    return s;
}

QJsonObject toJson(const Group &g)
{
    return { { u"type"_s, g.type }, { u"id"_s, g.id }, { u"owner"_s, g.owner }, { u"notes"_s, g.notes },
        { u"snapshots"_s, arrayOf(g.snapshots, [](const auto &s) { return toJson(s.second); }) } };
}

Group group(const QJsonObject &o)
{
    Group g { o[u"type"_s].toString(), o[u"id"_s].toString(), o[u"owner"_s].toString(),
        o[u"notes"_s].toString(), {} };
    for (const auto &value : o[u"snapshots"_s].toArray()) {
        const Snapshot s = snapshot(value.toObject());
        g.snapshots.emplace(s.time, s);
    }
    return g;
}

QJsonObject toJson(const Datastore &d)
{
    QJsonObject spaces;
    for (const auto &[ns, groups] : d.namespaces)
        spaces[ns] = arrayOf(groups, [](const auto &g) { return toJson(g.second); });
    return { { u"config"_s, d.config }, { u"namespaces"_s, spaces }, { u"total"_s, d.total },
        { u"used"_s, d.used }, { u"gc"_s, d.gc }, { u"broken"_s, d.broken },
        { u"history"_s, arrayOf(d.history, [](double value) { return value; }) } };
}

Datastore datastore(const QJsonObject &o)
{
    Datastore d;
    d.config = o[u"config"_s].toObject();
    const QJsonObject spaces = o[u"namespaces"_s].toObject();
    for (auto it = spaces.begin(); it != spaces.end(); ++it) {
        Groups &groups = d.namespaces[it.key()];
        for (const auto &value : it.value().toArray()) {
            const Group g = group(value.toObject());
            groups.emplace(g.path(), g);
        }
    }
    d.total = o[u"total"_s].toInteger();
    d.used = o[u"used"_s].toInteger();
    d.gc = o[u"gc"_s].toObject();
    d.broken = o[u"broken"_s].toBool();
    for (const auto &value : o[u"history"_s].toArray())
        d.history.append(value.toDouble());
    return d;
}

QJsonObject toJson(const User &u)
{
    QJsonObject tokens;
    for (const auto &[name, t] : u.tokens)
        tokens[name] = QJsonObject { { u"attributes"_s, t.attributes },
            { u"hash"_s, QString::fromLatin1(t.secretHash) } };
    const auto factor = [](const SecondFactor &f) {
        return QJsonObject { { u"id"_s, f.id }, { u"description"_s, f.description },
            { u"secret"_s, QString::fromLatin1(f.secret) }, { u"created"_s, f.created },
            { u"step"_s, f.lastStep } };
    };
    return { { u"attributes"_s, u.attributes }, { u"hash"_s, QString::fromLatin1(u.passwordHash) },
        { u"tokens"_s, tokens }, { u"totp"_s, arrayOf(u.totp, factor) } };
}

User user(const QJsonObject &o)
{
    User u;
    u.attributes = o[u"attributes"_s].toObject();
    u.passwordHash = o[u"hash"_s].toString().toLatin1();
    const QJsonObject tokens = o[u"tokens"_s].toObject();
    for (auto it = tokens.begin(); it != tokens.end(); ++it)
        u.tokens[it.key()]
            = { it.value()[u"attributes"_s].toObject(), it.value()[u"hash"_s].toString().toLatin1() };
    for (const auto &f : o[u"totp"_s].toArray())
        u.totp.append({ f[u"id"_s].toString(), f[u"description"_s].toString(),
            f[u"secret"_s].toString().toLatin1(), f[u"created"_s].toInteger(), f[u"step"_s].toInteger() });
    return u;
}

QJsonObject toJson(const TaskRecord &t)
{
    QJsonObject o { { u"upid"_s, t.upid }, { u"type"_s, t.type }, { u"auth"_s, t.authId },
        { u"pid"_s, t.pid }, { u"pstart"_s, t.pstart }, { u"start"_s, t.start }, { u"status"_s, t.status },
        { u"log"_s, QJsonArray::fromStringList(t.log) } };
    if (t.id)
        o[u"id"_s] = *t.id;
    if (t.end)
        o[u"end"_s] = *t.end;
    return o;
}

TaskRecord task(const QJsonObject &o)
{
    TaskRecord t;
    t.upid = o[u"upid"_s].toString();
    t.type = o[u"type"_s].toString();
    t.authId = o[u"auth"_s].toString();
    t.pid = o[u"pid"_s].toInteger();
    t.pstart = o[u"pstart"_s].toInteger();
    t.start = o[u"start"_s].toInteger();
    t.status = o[u"status"_s].toString();
    if (o.contains(u"id"_s))
        t.id = o[u"id"_s].toString();
    if (o.contains(u"end"_s))
        t.end = o[u"end"_s].toInteger();
    for (const auto &line : o[u"log"_s].toArray())
        t.log.append(line.toString());
    return t;
}

QJsonObject toJson(const JobRun &j)
{
    QJsonObject o { { u"upid"_s, j.upid }, { u"state"_s, j.state } };
    if (j.end)
        o[u"end"_s] = *j.end;
    return o;
}

JobRun jobRun(const QJsonObject &o)
{
    JobRun j { o[u"upid"_s].toString(), o[u"state"_s].toString(), {} };
    if (o.contains(u"end"_s))
        j.end = o[u"end"_s].toInteger();
    return j;
}

template <class Map, class Make>
QJsonObject objectOf(const Map &map, Make make)
{
    QJsonObject result;
    for (const auto &[key, value] : map)
        result[key] = make(value);
    return result;
}

template <class Make>
void each(const QJsonValue &object, Make make)
{
    const QJsonObject o = object.toObject();
    for (auto it = o.begin(); it != o.end(); ++it)
        make(it.key(), it.value().toObject());
}

} // namespace

QJsonObject toJson(const State &s)
{
    const auto section
        = [](const Section &entries) { return objectOf(entries, [](const QJsonObject &o) { return o; }); };
    const auto acl = [](const AclEntry &a) { return QJsonArray { a.path, a.authId, a.role, a.propagate }; };
    const auto base64 = [](const QByteArray &key) { return QString::fromLatin1(key.toBase64()); };
    return { { u"format"_s, 1 }, { u"retiredKeys"_s, arrayOf(s.retiredKeys, base64) }, { u"node"_s, s.node },
        { u"timezone"_s, s.timeZone }, { u"key"_s, QString::fromLatin1(s.key.toBase64()) },
        { u"pstart"_s, s.pstart }, { u"nextTask"_s, s.nextTask },
        { u"stores"_s, objectOf(s.stores, [](const Datastore &d) { return toJson(d); }) },
        { u"users"_s, objectOf(s.users, [](const User &u) { return toJson(u); }) },
        { u"acl"_s, arrayOf(s.acl, acl) }, { u"config"_s, objectOf(s.config, section) },
        { u"jobs"_s, objectOf(s.jobs, [](const JobRun &j) { return toJson(j); }) },
        { u"scheduleSet"_s, objectOf(s.scheduleSet, [](qint64 time) { return time; }) },
        { u"tasks"_s, arrayOf(s.tasks, [](const TaskRecord &t) { return toJson(t); }) } };
}

std::optional<State> stateFromJson(const QJsonObject &json)
{
    if (json[u"format"_s].toInt() != 1)
        return {};
    State s;
    s.node = json[u"node"_s].toString();
    s.timeZone = json[u"timezone"_s].toString();
    s.key = QByteArray::fromBase64(json[u"key"_s].toString().toLatin1());
    s.pstart = json[u"pstart"_s].toInteger();
    s.nextTask = json[u"nextTask"_s].toInteger();
    each(json[u"stores"_s], [&](const QString &k, const QJsonObject &o) { s.stores[k] = datastore(o); });
    each(json[u"users"_s], [&](const QString &k, const QJsonObject &o) { s.users[k] = user(o); });
    each(json[u"jobs"_s], [&](const QString &k, const QJsonObject &o) { s.jobs[k] = jobRun(o); });
    each(json[u"config"_s], [&](const QString &kind, const QJsonObject &entries) {
        Section &section = s.config[kind];
        each(entries, [&](const QString &id, const QJsonObject &o) { section[id] = o; });
    });
    const QJsonObject set = json[u"scheduleSet"_s].toObject();
    for (auto it = set.begin(); it != set.end(); ++it)
        s.scheduleSet[it.key()] = it.value().toInteger();
    for (const auto &key : json[u"retiredKeys"_s].toArray())
        s.retiredKeys.append(QByteArray::fromBase64(key.toString().toLatin1()));
    for (const auto &a : json[u"acl"_s].toArray())
        s.acl.append({ a[0].toString(), a[1].toString(), a[2].toString(), a[3].toBool() });
    for (const auto &t : json[u"tasks"_s].toArray())
        s.tasks.push_back(task(t.toObject()));
    return s;
}

} // namespace tidemark::standin
