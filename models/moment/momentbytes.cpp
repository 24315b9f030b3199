#include "moment/moments.h"
#include "wal/fieldbytes.h"

namespace tidemark {

namespace {

// Raised with every change of what is written. Another version's WAL is read anew.
constexpr quint16 Version = 1;
constexpr quint32 Magic = 0x54444d4d;

// One list of members for each struct, for writing and for reading. A member that is added to a struct and
// not here does not compile.
struct MomentFields {
    static void of(auto &visit, Is<RelationFile> auto &file)
    {
        auto &[tablespace, database, number] = file;
        visit(tablespace, database, number);
    }
    static void of(auto &visit, Is<RelationName> auto &name)
    {
        auto &[database, oid, schema, text, kind, persistence, partition] = name;
        visit(database, oid, schema, text, kind, persistence, partition);
    }
    static void of(auto &visit, Is<RelationRows> auto &rows)
    {
        auto &[file, name, inserted, updated, deleted, all] = rows;
        visit(file, name, inserted, updated, deleted, all);
    }
    static void of(auto &visit, Is<WalEffect> auto &effect)
    {
        auto &[kind, file, relation, rows, all, database] = effect;
        visit(kind, file, relation, rows, all, database);
    }
    static void of(auto &visit, Is<WalCommit> auto &commit)
    {
        auto &[lsn, xid, at] = commit;
        visit(lsn, xid, at);
    }
    static void of(auto &visit, Is<WalTransaction> auto &told)
    {
        auto &[timeline, first, beginSeen, whole, lsn, next, at, xid, gid, twoPhase, database, databaseName,
            subxacts, kind, effects, rows, droppedFiles, commitsBefore, previous]
            = told;
        visit(timeline, first, beginSeen, whole, lsn, next, at, xid, gid, twoPhase, database, databaseName,
            subxacts, kind, effects, rows, droppedFiles, commitsBefore, previous);
    }
    static void of(auto &visit, Is<ServerLimits> auto &limits)
    {
        auto &[connections, workers, senders, prepared, locks, level] = limits;
        visit(connections, workers, senders, prepared, locks, level);
    }
    static void of(auto &visit, Is<WalMark> auto &mark)
    {
        auto &[kind, timeline, lsn, at, name, about, from, limits] = mark;
        visit(kind, timeline, lsn, at, name, about, from, limits);
    }
    static void of(auto &visit, Is<WalHistogram::Bucket> auto &bucket)
    {
        auto &[commits, rollbacks, inserted, updated, deleted] = bucket;
        visit(commits, rollbacks, inserted, updated, deleted);
    }
    static void of(auto &visit, Is<MomentPiece> auto &piece)
    {
        auto &[timeline, first, last, whole, seconds, events, marks, commits, firstCommit, lastCommit, unseen,
            troubles, bytes]
            = piece;
        visit(timeline, first, last, whole, seconds, events, marks, commits, firstCommit, lastCommit, unseen,
            troubles, bytes);
    }
};

} // namespace

QByteArray toBytes(const MomentPiece &piece)
{
    return qCompress(fieldBytes<MomentFields>(Magic, Version, piece), 1);
}

std::optional<MomentPiece> momentPieceFromBytes(const QByteArray &bytes)
{
    return fromFieldBytes<MomentFields, MomentPiece>(Magic, Version, qUncompress(bytes));
}

} // namespace tidemark
