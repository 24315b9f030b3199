#pragma once

#include "ports/hand.h"
#include "ports/sessionjournal.h"

#include <QObject>

#include <memory>

namespace tidemark {

// What a person decides about a session. Each is refused ("session.refused", with the reason) where it makes
// no sense now.
enum class SessionAct {
    Confirm, // a Confirm step, with what is to be typed; a ByHand step, with what was done
    Retry, // a step that failed or was lost
    Skip, // a step that has not been done, with the reason
    DoneByHand, // a step that failed, was lost or is due, with what was done
    Pause, // before the next step
    Continue,
    HandOver, // a person goes on outside
    TakeBack,
    Note
};

// A session as this console sees it.
struct BoardSession {
    SessionRecord record;
    bool ours = false; // this console runs it
    QByteArray heard; // what a step has said so far, masked; of much the end
    QString heardOf; // that step
    std::optional<Error> away; // its host cannot be asked at the moment; the step goes on there
    std::optional<Error> trouble; // why this console does not go on with it
    // Of a step that was under way when its console ended: what its host says.
    std::optional<HostJobState> found;
};
using BoardSessions = std::vector<std::shared_ptr<const BoardSession>>;

// All sessions there are, run by this console or by another, and the way to begin and to decide.
class SessionBoard : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    [[nodiscard]] virtual const BoardSessions &sessions() const = 0; // newest first
    [[nodiscard]] std::shared_ptr<const BoardSession> find(const QString &id) const
    {
        for (const auto &one : sessions()) {
            if (one->record.id == id)
                return one;
        }
        return nullptr;
    }
    // Reads the journal again, and asks the hosts of steps that nobody follows.
    virtual void lookAgain() = 0;
    // Answers with the session's id once it is written down; it runs from then on.
    [[nodiscard]] virtual QCoro::Task<Result<QString>> begin(Procedure procedure) = 0;
    // Goes on with one that was interrupted.
    [[nodiscard]] virtual QCoro::Task<Result<>> goOn(QString id) = 0;
    // And goes on, when that is what was decided.
    [[nodiscard]] virtual QCoro::Task<Result<>> decide(QString id, SessionAct act, QString text) = 0;
    // Ends the step under way and the session.
    [[nodiscard]] virtual QCoro::Task<Result<>> abort(QString id, QString reason) = 0;
    [[nodiscard]] virtual QCoro::Task<Result<QByteArray>> evidence(QString id, QString name) = 0;

Q_SIGNALS:
    void changed(); // any of them
};

} // namespace tidemark
