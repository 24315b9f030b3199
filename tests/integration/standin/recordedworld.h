#pragma once

#include "standin/server.h"
#include "support/pbs/recordings.h"
#include "support/rawhttp.h"

#include <QJsonObject>
#include <QTcpServer>

#include <map>

namespace tidemark::test {

// A stand-in that knows what the recorded server knew, with a clock that follows the recordings. Secrets and
// task ids of the recordings are translated into its own.
class RecordedWorld
{
public:
    RecordedWorld();

    [[nodiscard]] bool start();
    [[nodiscard]] standin::Server &server() { return m_server; }

    // Brings the world to the moment before that exchange: clock, tasks, what ran then.
    void prepare(const Recording &recording);
    [[nodiscard]] RawRequest translated(const Recording &recording);
    // Learns the task id the stand-in gave where the recording has another one, and lets tasks end.
    void learn(const Recording &recording, const RawAnswer &answer);

private:
    void seedMain();
    void seedStores();
    void seedPeople();
    void addListed(const QString &recordingName, const QString &store, const QString &ns);
    void addTasksUntil(qint64 now);
    void special(const QString &name);
    QString runVerify(const QString &store);
    void await(bool idle);
    [[nodiscard]] QByteArray ticket(const QByteArray &recorded) const;
    [[nodiscard]] QByteArray translatedCookie(const QByteArray &cookie) const;
    [[nodiscard]] QByteArray translatedForm(const QByteArray &body, const QString &name);
    [[nodiscard]] QByteArray translatedPath(QByteArray path) const;

    qint64 m_now = 0;
    standin::Server m_server;
    QTcpServer m_silent; // takes connections and says nothing
    std::map<QString, QString> m_upids; // recorded → ours
    std::vector<standin::TaskRecord> m_tasks; // of the recorded lists, by start
    QString m_totp;
};

// The order in which they were recorded: by second, and inside a second by what depends on what.
[[nodiscard]] std::vector<const Recording *> inOrder();
[[nodiscard]] qint64 timeOf(const Recording &recording);

} // namespace tidemark::test
