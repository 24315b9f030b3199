#include "pbs/params.h"

namespace tidemark::pbs {

using namespace Qt::StringLiterals;

ParamList &ParamList::text(const QString &name, const QString &value)
{
    m_params.emplace_back(name, value);
    return *this;
}

ParamList &ParamList::textIfAny(const QString &name, const QString &value)
{
    return value.isEmpty() ? *this : text(name, value);
}

ParamList &ParamList::set(const QString &name, const std::optional<QString> &value)
{
    return value ? text(name, *value) : *this;
}

ParamList &ParamList::set(const QString &name, const std::optional<qint64> &value)
{
    return value ? text(name, QString::number(*value)) : *this;
}

ParamList &ParamList::set(const QString &name, const std::optional<bool> &value)
{
    return value ? flag(name, *value) : *this;
}

ParamList &ParamList::flag(const QString &name, bool value)
{
    return text(name, value ? u"true"_s : u"false"_s);
}

ParamList &ParamList::set(const QString &name, const std::optional<Instant> &value)
{
    return value ? text(name, QString::number(value->seconds())) : *this;
}

ParamList &ParamList::keep(const KeepOptions &keep)
{
    return set(u"keep-last"_s, keep.last)
        .set(u"keep-hourly"_s, keep.hourly)
        .set(u"keep-daily"_s, keep.daily)
        .set(u"keep-weekly"_s, keep.weekly)
        .set(u"keep-monthly"_s, keep.monthly)
        .set(u"keep-yearly"_s, keep.yearly);
}

ParamList &ParamList::group(const Group &group)
{
    return text(u"backup-type"_s, group.type).text(u"backup-id"_s, group.id).textIfAny(u"ns"_s, group.ns);
}

ParamList &ParamList::snapshot(const SnapshotKey &key)
{
    return group(key.group).text(u"backup-time"_s, QString::number(key.time.seconds()));
}

QString rightOn(const QString &privileges, const QString &store, const QString &ns)
{
    return privileges + u" on /datastore/"_s + store + (ns.isEmpty() ? QString() : u'/' + ns);
}

} // namespace tidemark::pbs
