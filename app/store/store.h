#pragma once

#include "ports/catalogue.h"
#include "ports/factstore.h"
#include "values/secret.h"

#include <memory>

namespace tidemark {

struct StoreOpened {
    std::shared_ptr<FactStore> store;
    std::shared_ptr<Catalogue> catalogue; // in the same database
    std::vector<QString> messages; // what the person should know of the opening, one sentence each
};

// `store.db` in a folder of this person, which is made when missing. One console at a time: a second one gets
// "store.locked". docs/store.md lists every code.
[[nodiscard]] QCoro::Task<Result<StoreOpened>> makeSqliteStore(QString folder, std::stop_token stop);

// What another console, which has the store open, has kept until now, in memory: nothing that is learned here
// outlives the program. The file is only read. One of another version stays "store.locked".
[[nodiscard]] QCoro::Task<Result<StoreOpened>> makeSqliteCopy(QString folder, std::stop_token stop);

// Nothing outlives the program: for one that finds its store taken or broken.
[[nodiscard]] QCoro::Task<Result<StoreOpened>> makeMemoryStore(std::stop_token stop);

// A PostgreSQL database that a team shares; the store is its schema "tidemark".
struct PostgresTarget {
    QString host; // a name, an address or the folder of a Unix socket
    int port = 0; // 0: libpq's default
    QString database;
    QString user;
    Secret password; // empty: libpq's own ways
    QString sslMode; // empty: verify-full for TCP hosts
    QString sslRootCert;

    bool operator==(const PostgresTarget &) const = default;
};
[[nodiscard]] QCoro::Task<Result<StoreOpened>> makePostgresStore(PostgresTarget target, std::stop_token stop);

} // namespace tidemark
