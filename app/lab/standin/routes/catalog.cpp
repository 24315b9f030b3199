#include "standin/routes/common.h"
#include "standin/routes/routes.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

// What is in every file archive of the stand-in: a small data directory.
struct Node {
    QByteArray path; // within the archive
    QByteArray content; // of a file
    bool isFolder = false;
};

const QList<Node> &archiveTree()
{
    static const QList<Node> tree {
        { "PG_VERSION", "16\n" },
        { "base", {}, true },
        { "base/1", {}, true },
        { "base/1/16384", QByteArray(27'163, 'a') },
        { "base/1/16385", QByteArray(8192, 'b') },
        { "pg_wal", {}, true },
        { "postgresql.conf", "listen_addresses = 'localhost'\nwal_level = replica\narchive_mode = on\n" },
    };
    return tree;
}

QJsonObject folderItem(const QByteArray &path, const QByteArray &name)
{
    return { { u"filepath"_s, QString::fromLatin1(path.toBase64()) }, { u"text"_s, QString::fromUtf8(name) },
        { u"type"_s, u"d"_s }, { u"leaf"_s, false } };
}

QJsonArray archives(const Snapshot &snapshot)
{
    QJsonArray list;
    for (const FileEntry &file : snapshot.files)
        if (file.name.endsWith(u".pxar.didx"))
            list.append(folderItem('/' + file.name.toUtf8(), file.name.toUtf8()));
    return list;
}

QJsonArray children(const QByteArray &archive, const QByteArray &below, qint64 time)
{
    QJsonArray list;
    for (const Node &node : archiveTree()) {
        const auto slash = node.path.lastIndexOf('/');
        const QByteArray parent = slash < 0 ? QByteArray() : node.path.left(slash);
        if (parent != below)
            continue;
        QJsonObject item = folderItem(archive + '/' + node.path, node.path.mid(slash + 1));
        if (!node.isFolder) {
            item[u"type"_s] = u"f"_s;
            item[u"leaf"_s] = true;
            item[u"size"_s] = node.content.size();
            item[u"mtime"_s] = time;
        }
        list.append(item);
    }
    return list;
}

// "/root.pxar.didx/base/1" → archive and the rest.
std::pair<QByteArray, QByteArray> splitPath(const Call &call)
{
    QByteArray path = QByteArray::fromBase64(call.text(u"filepath"_s).toLatin1());
    if (path.startsWith('/'))
        path.remove(0, 1);
    const auto slash = path.indexOf('/');
    return slash < 0 ? std::pair { path, QByteArray() } : std::pair { path.left(slash), path.mid(slash + 1) };
}

tl::expected<Found, Reply> readable(const Call &call)
{
    return findSnapshot(call, u"Datastore.Read"_s, u"Datastore.Backup"_s, Use::Read);
}

const FileEntry *fileOf(const Snapshot &snapshot, const QString &name)
{
    for (const FileEntry &file : snapshot.files)
        if (file.name == name)
            return &file;
    return nullptr;
}

Reply noFile()
{
    return refuse(u"File open failed: No such file or directory (os error 2)"_s);
}

Reply catalog(const CallPtr &call)
{
    const auto found = readable(*call);
    if (!found)
        return found.error();
    const FileEntry *file = fileOf(*found->snapshot, u"catalog.pcat1.didx"_s);
    if (!file)
        return refuse(u"snapshot has no catalog"_s);
    if (file->cryptMode == u"encrypt")
        return refuse(u"cannot decode 'catalog.pcat1.didx' - is encrypted"_s);
    if (call->text(u"filepath"_s) == u"/" || call->text(u"filepath"_s) == u"root")
        return ok(archives(*found->snapshot));
    const auto [archive, below] = splitPath(*call);
    return ok(children(archive, below, found->snapshot->time));
}

Reply octets(const QByteArray &bytes)
{
    Reply reply;
    reply.raw = bytes;
    reply.rawType = "application/octet-stream";
    reply.stream = true;
    return reply;
}

Reply fileDownload(const CallPtr &call)
{
    const auto found = readable(*call);
    if (!found)
        return found.error();
    const auto [archive, path] = splitPath(*call);
    const FileEntry *file = fileOf(*found->snapshot, QString::fromUtf8(archive));
    if (!file)
        return noFile();
    if (file->cryptMode == u"encrypt")
        return refuse(u"cannot decode '%1' - is encrypted"_s.arg(file->name));
    for (const Node &node : archiveTree())
        if (node.path == path && !node.isFolder)
            return octets(node.content);
    return refuse(u"unable to find \"%1\" in archive"_s.arg(QString::fromUtf8(path)));
}

QByteArray manifest(const Group &group, const Snapshot &snapshot)
{
    QJsonArray files;
    for (const FileEntry &file : snapshot.files) {
        if (file.name == u"index.json.blob" || file.name == u"client.log.blob")
            continue;
        const QByteArray sum = QCryptographicHash::hash(
            (file.name + snapshot.timeText()).toUtf8(), QCryptographicHash::Sha256);
        files.append(QJsonObject { { u"filename"_s, file.name }, { u"crypt-mode"_s, file.cryptMode },
            { u"size"_s, file.size.value_or(0) }, { u"csum"_s, QString::fromLatin1(sum.toHex()) } });
    }
    QJsonObject unprotected { { u"chunk_upload_stats"_s,
        QJsonObject {
            { u"compressed_size"_s, 0 }, { u"count"_s, 0 }, { u"duplicates"_s, 0 }, { u"size"_s, 0 } } } };
    if (!snapshot.notes.isEmpty())
        unprotected[u"notes"_s] = snapshot.notes;
    if (snapshot.verification)
        unprotected[u"verify_state"_s] = QJsonObject { { u"state"_s, snapshot.verification->state },
            { u"upid"_s, snapshot.verification->upid } };
    return QJsonDocument(QJsonObject { { u"backup-type"_s, group.type }, { u"backup-id"_s, group.id },
                             { u"backup-time"_s, snapshot.time }, { u"files"_s, files },
                             { u"signature"_s, QJsonValue() }, { u"unprotected"_s, unprotected } })
        .toJson();
}

Reply downloadDecoded(const CallPtr &call)
{
    const auto found = readable(*call);
    if (!found)
        return found.error();
    const QString name = call->text(u"file-name"_s);
    const FileEntry *file = fileOf(*found->snapshot, name);
    if (!file)
        return noFile();
    if (file->cryptMode == u"encrypt")
        return refuse(u"cannot decode '%1' - is encrypted"_s.arg(name));
    if (name == u"index.json.blob")
        return octets(manifest(*found->group, *found->snapshot));
    if (name.endsWith(u".conf.blob"))
        return octets(u"#notes for %1\nboot: order=scsi0\ncores: 4\nmemory: 8192\nname: %2%3\nscsi0: "
                      u"local-zfs:vm-disk-0,size=32M\n"_s
                          .arg(found->group->path(), found->group->type, found->group->id)
                          .toUtf8());
    return octets(QByteArray(qsizetype(std::min<qint64>(file->size.value_or(0), 1 << 20)), '\0'));
}

} // namespace

void addCatalogRoutes(Routes &r)
{
    const QString ds = u"GET admin/datastore/{store:store}/"_s;
    r.add(ds + u"catalog"_s, SnapshotParameters + u"filepath*:text"_s, catalog);
    r.add(ds + u"pxar-file-download"_s, SnapshotParameters + u"filepath*:text tar:bool"_s, fileDownload);
    r.add(ds + u"download-decoded"_s, SnapshotParameters + u"file-name*:id"_s, downloadDecoded);
}

} // namespace tidemark::standin
