#pragma once

#include "recovery/recoverplan.h"

namespace tidemark {

// The scripts of a restore beside the cluster, for one request. Each is whole by itself.
class SideScripts
{
public:
    SideScripts(const RecoverRequest &request, const RecoverFacts &facts, const WalTarget &target);

    [[nodiscard]] QString socketFolder() const { return m_own + QStringLiteral("/socket"); }
    [[nodiscard]] QString checkPlace() const; // empty, enough room, the port free
    [[nodiscard]] QString checkBackup() const; // the right version, whole, and its WAL there
    [[nodiscard]] QString copy() const;
    [[nodiscard]] QString configure() const;
    [[nodiscard]] QString checkSettings() const;
    [[nodiscard]] QString start() const;
    [[nodiscard]] QString lookStarted() const;
    [[nodiscard]] QString wait() const;
    [[nodiscard]] QString prove() const;
    [[nodiscard]] QString promote() const;
    [[nodiscard]] QString lookPromoted() const;
    [[nodiscard]] QString checkOpen() const;
    [[nodiscard]] QString stop() const; // of the side server
    [[nodiscard]] QString remove() const; // of what copy() made, stopped before

private:
    [[nodiscard]] QString head() const;
    [[nodiscard]] bool isPacked() const; // base.tar, perhaps compressed
    [[nodiscard]] QString serverConfiguration() const;
    [[nodiscard]] QString fetch() const;
    [[nodiscard]] QString here(const QString &file, const QString &content) const;

    const RecoverRequest &m_request;
    const RecoverFacts &m_facts;
    WalTarget m_target;
    QString m_own; // folder of what is ours in the data directory
};

} // namespace tidemark
