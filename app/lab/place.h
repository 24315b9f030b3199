#pragma once

#include "values/error.h"

#include <QJsonObject>
#include <QString>

#include <cstdint>

namespace tidemark::lab {

// What is written into lab.json, the file that makes a folder a lab. It is there before anything else is and
// goes last, so a lab that was killed at any moment is still known for one.
struct Marker {
    QString id; // random, 32 hex digits
    QString runtime; // folder for sockets and short names, empty: the lab's own folder serves
    bool madeFolder = false; // the folder was not there before
    uint32_t owner = 0; // user who made it
    QString binaries; // PostgreSQL the clusters were made with
    QString fleetHash; // of the fleet file as we wrote it last

    bool operator==(const Marker &) const = default;
};

[[nodiscard]] QJsonObject toJson(const Marker &marker);
[[nodiscard]] Result<Marker> markerFrom(const QByteArray &json);

// Where one lab is, for all who work on it.
struct Place {
    QString folder; // as the person named it, absolute
    QString base; // the same folder by a name that every tool can take: short, plain characters
    QString sockets;
    Marker marker;

    [[nodiscard]] QString of(const QString &name) const { return base + u'/' + name; }
    [[nodiscard]] QString fleetFile() const { return folder + QStringLiteral("/fleet.yaml"); }
    [[nodiscard]] QString truthFile() const { return folder + QStringLiteral("/truth.json"); }
};

inline constexpr qint64 NeededBytes = 1'200'000'000; // free space asked for before building

// True for paths that shells, configuration files and socket addresses take as they are.
[[nodiscard]] bool isPlain(const QString &path);
// The absolute path a person means, or why it cannot be a lab's folder.
[[nodiscard]] Result<QString> folderNamed(const QString &argument);
// An existing lab; "lab.not-a-lab" otherwise.
[[nodiscard]] Result<Place> openPlace(const QString &folder);
// Makes the folder unless it is there, and leaves a note in it that the lab did, for whoever comes after a
// kill.
[[nodiscard]] Result<> makeNotedFolder(const QString &folder);
// A new or existing lab in a folder that is there: its marker and runtime folder made. Only an empty folder
// becomes one. A folder that was made for a lab and cannot become one goes again.
[[nodiscard]] Result<Place> makePlace(const QString &folder, const QString &binaries);
[[nodiscard]] Result<> writeMarker(const QString &folder, const Marker &marker);

// Writes a file as a whole or not at all, readable by its owner only when private.
[[nodiscard]] Result<> writeWhole(const QString &path, const QByteArray &text, bool isPrivate = false);
[[nodiscard]] Result<QByteArray> readWhole(const QString &path);

// One program at work on a lab at a time. The kernel gives the lock back however the holder ends.
class FolderLock
{
public:
    FolderLock() = default;
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;
    ~FolderLock();

    // "lab.busy" when somebody else holds it for longer than that.
    [[nodiscard]] Result<> take(const QString &folder, int waitSeconds);
    [[nodiscard]] static bool isTaken(const QString &folder);

private:
    int m_fd = -1;
};

} // namespace tidemark::lab
