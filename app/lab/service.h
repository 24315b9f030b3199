#pragma once

#include "lab/place.h"
#include "values/error.h"
#include "values/instant.h"

#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <sys/types.h>

namespace tidemark::lab {

enum class State { Running, Stopped, Broken };

struct ServiceStatus {
    QString name;
    QString kind; // postgresql | pbs
    State state = State::Stopped;
    int port = 0;
    QString socket; // folder, PostgreSQL only
    pid_t pid = 0; // 0: none
    std::optional<Instant> since;
    QString detail; // why it is not running

    bool operator==(const ServiceStatus &) const = default;
};

using Say = std::function<void(const QString &)>;

// One server of the lab with everything that belongs to it, in a folder of its own. It is built from nothing;
// only then its file complete.json is written, with what is true of it. A folder without that file is swept
// and built again, so there is no half-made service. Calls block, each service in a thread of its own.
class Service
{
public:
    Service(const Place &place, const QString &name, const QString &kind, int port);
    Service(const Service &) = delete;
    Service &operator=(const Service &) = delete;
    virtual ~Service() = default;

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QString &kind() const { return m_kind; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString folder() const { return m_place.of(m_name); }
    // The service that must be complete before this one can be built.
    [[nodiscard]] virtual QString needs() const { return {}; }
    // Names in the folder that the service makes; others are somebody else's.
    [[nodiscard]] virtual QStringList entries() const = 0;

    // Builds what is missing and starts what does not run. Safe to repeat, also after a kill in the middle.
    [[nodiscard]] Result<> bringUp(const Say &say);
    [[nodiscard]] Result<> end();
    [[nodiscard]] ServiceStatus status() const;
    // Removes what the service made; answers with what was left because it is not its own.
    [[nodiscard]] Result<QStringList> remove();
    // Makes the next bringUp build anew.
    [[nodiscard]] Result<> forget();

    [[nodiscard]] bool complete() const;
    [[nodiscard]] QJsonObject facts() const;
    [[nodiscard]] Result<> writeFacts(const QJsonObject &facts) const;

protected:
    // From an empty folder to a running service; answers with what is true of it.
    [[nodiscard]] virtual Result<QJsonObject> build() = 0;
    [[nodiscard]] virtual Result<> start() = 0;
    [[nodiscard]] virtual ServiceStatus look(ServiceStatus blank) const = 0;
    virtual void tidy() { } // after its processes ended, before its folder goes

    [[nodiscard]] const Place &place() const { return m_place; }
    // What every process of the service carries.
    [[nodiscard]] QMap<QString, QString> environment() const;

private:
    // The folder itself; folder() is the name that tools are given, which may lead through a link in /tmp.
    [[nodiscard]] QString realFolder() const { return m_place.folder + u'/' + m_name; }
    [[nodiscard]] QString completeFile() const;
    [[nodiscard]] Result<> buildAnew(const Say &say);

    Place m_place;
    QString m_name;
    QString m_kind;
    int m_port = 0;
};

} // namespace tidemark::lab
