#pragma once

#include "ports/clock.h"
#include "ports/once.h"
#include "ports/sessionboard.h"
#include "ports/taskscope.h"
#include "sessions/session.h"

#include <QTimer>

#include <map>

namespace tidemark {

// The sessions of a journal, run on this console's event loop.
class JournalBoard : public SessionBoard
{
    Q_OBJECT

public:
    struct Parts {
        std::shared_ptr<SessionJournal> journal;
        std::shared_ptr<Hand> hand;
        std::shared_ptr<Clock> clock;
        QString who;
        InFlight inFlight;
    };
    explicit JournalBoard(Parts parts, QObject *parent = nullptr);
    ~JournalBoard() override;

    [[nodiscard]] const BoardSessions &sessions() const override { return m_sessions; }
    void lookAgain() override;
    [[nodiscard]] QCoro::Task<Result<QString>> begin(Procedure procedure) override;
    [[nodiscard]] QCoro::Task<Result<>> goOn(QString id) override;
    [[nodiscard]] QCoro::Task<Result<>> decide(QString id, SessionAct act, QString text) override;
    [[nodiscard]] QCoro::Task<Result<>> abort(QString id, QString reason) override;
    [[nodiscard]] QCoro::Task<Result<QByteArray>> evidence(QString id, QString name) override;

private:
    // A session that this console holds.
    struct Own {
        std::shared_ptr<OpenSession> session;
        std::stop_source stop;
        Once<bool> done; // nothing of it runs any more
        BoardSession seen;
    };
    [[nodiscard]] SessionTools toolsFor(const std::shared_ptr<OpenSession> &session) const;
    [[nodiscard]] QCoro::Task<Result<std::shared_ptr<OpenSession>>> held(QString id);
    void run(const std::shared_ptr<OpenSession> &session);
    void ended(const QString &id, const Result<SessionState> &state);
    void heard(const QString &id, const SessionNews &news);
    void listed(Result<std::vector<SessionRecord>> records);
    void askHost(const SessionRecord &record);
    void show(BoardSession session);
    void tellSoon();

    Parts m_parts;
    BoardSessions m_sessions;
    std::map<QString, std::shared_ptr<Own>> m_own;
    std::map<QString, Error> m_troubles; // of sessions this console tried to go on with
    QTimer m_tell;
    TaskScope m_tasks;
};

} // namespace tidemark
