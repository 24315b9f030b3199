#pragma once

#include "pbs/call.h"
#include "pbs/contents.h"
#include "pbs/jobs.h"

namespace tidemark::pbs {

// Builds the parameters of a call; what is not set is not sent, because the server knows its defaults and
// refuses what it does not know.
class ParamList
{
public:
    ParamList &text(const QString &name, const QString &value);
    ParamList &textIfAny(const QString &name, const QString &value);
    ParamList &set(const QString &name, const std::optional<QString> &value);
    ParamList &set(const QString &name, const std::optional<qint64> &value);
    ParamList &set(const QString &name, const std::optional<bool> &value);
    ParamList &set(const QString &name, const std::optional<Instant> &value);
    ParamList &flag(const QString &name, bool value);
    ParamList &keep(const KeepOptions &keep);
    ParamList &group(const Group &group); // the root namespace is left out
    ParamList &snapshot(const SnapshotKey &key);
    [[nodiscard]] const Params &params() const & { return m_params; }
    [[nodiscard]] Params params() && { return std::move(m_params); }

private:
    Params m_params;
};

// "Datastore.Audit|Datastore.Backup on /datastore/store/ns"
[[nodiscard]] QString rightOn(const QString &privileges, const QString &store, const QString &ns = {});

} // namespace tidemark::pbs
