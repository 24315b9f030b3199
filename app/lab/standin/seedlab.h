#pragma once

#include "standin/state.h"

namespace tidemark::standin {

inline const QString LabTokenId = QStringLiteral("tidemark@pbs!console");

// What the lab's people and programs log in with. The token's secret is all the console needs.
struct LabSecrets {
    QByteArray tokenSecret;
    QByteArray password; // of admin@pbs and dba@pbs
    QByteArray totpSecret; // of dba@pbs, base32
};

// Fourteen months of a small company's backups: two datastores, namespaces, VM and host backups thinned out
// by retention, some protected, some encrypted, some verified, two that fail, one not finished, jobs and
// tasks. Pure, so the same moment gives the same state.
void seedLab(State &state, const LabSecrets &secrets, qint64 now);

// Seeds a state that has no datastore yet, with secrets made up now; later starts read them from the folder.
[[nodiscard]] LabSecrets seedLabOnce(State &state, const QString &folder, qint64 now);

// Building blocks, also for tests.
[[nodiscard]] Snapshot vmSnapshot(qint64 time, qint64 diskBytes);
[[nodiscard]] Snapshot hostSnapshot(qint64 time, qint64 bytes);
void addSnapshot(Datastore &store, const QString &ns, const QString &group, const QString &owner,
    const Snapshot &snapshot);
void addUser(State &state, const QString &userId, const QByteArray &password, const QString &comment = {});
void addToken(State &state, const QString &tokenId, const QByteArray &secret, const QString &comment = {});
[[nodiscard]] Datastore &addStore(State &state, const QString &name, const QString &comment, qint64 total);

} // namespace tidemark::standin
