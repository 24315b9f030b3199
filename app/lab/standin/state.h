#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

namespace tidemark::standin {

struct FileEntry {
    QString name;
    QString cryptMode; // empty: not told
    std::optional<qint64> size;

    bool operator==(const FileEntry &) const = default;
};

struct Verification {
    QString upid;
    QString state; // "ok" or "failed"

    bool operator==(const Verification &) const = default;
};

struct Snapshot {
    qint64 time = 0;
    QList<FileEntry> files;
    QString notes;
    QString keyFingerprint;
    std::optional<Verification> verification;
    bool isProtected = false;
    bool inUse = false; // a backup writes it right now
    bool corrupt = false; // the next verification fails
    bool badManifest = false;

    bool operator==(const Snapshot &) const = default;
    [[nodiscard]] bool finished() const;
    [[nodiscard]] QString timeText() const; // "2026-11-19T02:00:00Z"
};

struct Group {
    QString type;
    QString id;
    QString owner;
    QString notes;
    std::map<qint64, Snapshot> snapshots;

    bool operator==(const Group &) const = default;
    [[nodiscard]] QString path() const { return type + u'/' + id; }
};

using Groups = std::map<QString, Group>; // by path()

struct Datastore {
    QJsonObject config; // name, path, comment, gc-schedule, maintenance-mode …
    std::map<QString, Groups> namespaces { { QString(), {} } };
    qint64 total = 0;
    qint64 used = 0;
    QJsonObject gc; // counters and upid of the last run
    QList<double> history; // fraction used, oldest first; negative: unknown
    bool broken = false; // its folder is gone

    bool operator==(const Datastore &) const = default;
    [[nodiscard]] QString name() const { return config[QStringLiteral("name")].toString(); }
    [[nodiscard]] QString path() const { return config[QStringLiteral("path")].toString(); }
    [[nodiscard]] Group *group(const QString &ns, const QString &path);
    // "/srv/backup/pbs01/ns/prod/host/pg01/2026-…Z", as error texts name it
    [[nodiscard]] QString folder(const QString &ns, const QString &below) const;
};

struct Token {
    QJsonObject attributes; // comment, enable, expire
    QByteArray secretHash;

    bool operator==(const Token &) const = default;
};

struct SecondFactor {
    QString id;
    QString description;
    QByteArray secret; // base32
    qint64 created = 0;
    qint64 lastStep = 0; // a code works once

    bool operator==(const SecondFactor &) const = default;
};

struct User {
    QJsonObject attributes; // comment, enable, expire, firstname, lastname, email
    QByteArray passwordHash;
    std::map<QString, Token> tokens;
    QList<SecondFactor> totp;

    bool operator==(const User &) const = default;
};

struct AclEntry {
    QString path;
    QString authId;
    QString role;
    bool propagate = true;

    bool operator==(const AclEntry &) const = default;
};

struct TaskRecord {
    QString upid;
    QString type;
    std::optional<QString> id; // decoded worker id
    QString authId;
    qint64 pid = 0;
    qint64 pstart = 0;
    qint64 start = 0;
    std::optional<qint64> end;
    QString status; // empty while it runs
    QStringList log; // lines with their time stamps

    bool operator==(const TaskRecord &) const = default;
};

struct JobRun {
    QString upid;
    QString state;
    std::optional<qint64> end;

    bool operator==(const JobRun &) const = default;
};

using Section = std::map<QString, QJsonObject>; // one configuration file: id → properties

// Everything a stand-in knows, as plain values. It lives in one JSON file and survives a restart.
struct State {
    std::map<QString, Datastore> stores;
    std::map<QString, User> users;
    QList<AclEntry> acl;
    std::map<QString, Section> config; // "prune", "verify", "sync", "remote"
    std::map<QString, JobRun> jobs; // "prune/ID", "gc/STORE" …
    std::map<QString, qint64> scheduleSet; // when that job got its schedule, where it is known
    std::vector<TaskRecord> tasks; // oldest first
    QByteArray key; // signs tickets
    QList<QByteArray> retiredKeys; // tickets under these have expired
    QString node = QStringLiteral("vm");
    QString timeZone = QStringLiteral("Etc/UTC");
    qint64 pstart = 0;
    qint64 nextTask = 0;

    bool operator==(const State &) const = default;
    [[nodiscard]] TaskRecord *task(const QString &upid);
};

[[nodiscard]] QJsonObject toJson(const State &state);
// Nothing when it is not a state this program wrote.
[[nodiscard]] std::optional<State> stateFromJson(const QJsonObject &json);

[[nodiscard]] QByteArray hashSecret(const QByteArray &secret);
// SHA-256 over the configuration, as PBS tells it beside the data; that of nothing for an empty section.
[[nodiscard]] QString digestOf(const Section &section);
[[nodiscard]] QString firstLine(const QString &notes);
[[nodiscard]] QString isoTime(qint64 seconds);

} // namespace tidemark::standin
