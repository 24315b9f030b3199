#pragma once

#include "procedure/session.h"
#include "values/error.h"

#include <QByteArray>
#include <qcorotask.h>

#include <memory>
#include <stop_token>
#include <vector>

namespace tidemark {

// All that is kept of a session.
struct SessionRecord {
    QString id;
    Procedure procedure;
    std::vector<SessionEvent> events;
    bool busy = false; // a console runs it now
    QString trouble; // what of it cannot be believed: a line that was changed, a cut end. Empty: nothing

    [[nodiscard]] SessionState state() const { return sessionState(procedure, events); }
};

// A session that this program alone may go on with, until the last handle goes.
class OpenSession
{
public:
    virtual ~OpenSession() = default;
    [[nodiscard]] virtual const SessionRecord &record() const = 0;
    // On the disk when it returns: nothing is done before that.
    [[nodiscard]] virtual QCoro::Task<Result<>> write(SessionEvent event) = 0;
    // Keeps what a step said, under a name of that session, and answers with its SHA-256.
    [[nodiscard]] virtual QCoro::Task<Result<QString>> keep(QString name, QByteArray bytes) = 0;
};

// Where sessions are kept. Errors are "journal.…": busy, missing, full, unwritable, unreadable.
class SessionJournal
{
public:
    virtual ~SessionJournal() = default;
    [[nodiscard]] virtual QCoro::Task<Result<std::shared_ptr<OpenSession>>> begin(
        Procedure procedure, Instant now)
        = 0;
    [[nodiscard]] virtual QCoro::Task<Result<std::shared_ptr<OpenSession>>> open(QString id) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<SessionRecord>> read(QString id) = 0;
    // Newest first. What cannot be read stands there with its trouble.
    [[nodiscard]] virtual QCoro::Task<Result<std::vector<SessionRecord>>> list() = 0;
    [[nodiscard]] virtual QCoro::Task<Result<QByteArray>> evidence(QString id, QString name) = 0;
};

} // namespace tidemark
