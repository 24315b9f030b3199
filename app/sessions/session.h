#pragma once

#include "ports/clock.h"
#include "ports/hand.h"
#include "ports/sessionboard.h"
#include "ports/sessionjournal.h"

#include <functional>

namespace tidemark {

// What is seen while a session runs.
struct SessionNews {
    QString step;
    QByteArray output; // new, masked
    std::optional<Error> away; // the host cannot be asked at the moment; the step goes on there
};

struct SessionTools {
    std::shared_ptr<OpenSession> session;
    std::shared_ptr<Hand> hand;
    std::shared_ptr<Clock> clock;
    QString who; // account and machine, for the journal
    std::function<void(const SessionNews &)> told; // may be empty
};

// Goes on with a session, step by step, until a person is needed, it was paused, or it is over, and answers
// with where it stands. A step that was under way when an earlier console ended is taken up, not begun again.
// A stop request ends this at once; the step under way goes on by itself.
[[nodiscard]] QCoro::Task<Result<SessionState>> runSession(SessionTools tools, std::stop_token stop);

// What a person decided.
[[nodiscard]] QCoro::Task<Result<SessionState>> act(SessionTools tools, SessionAct act, QString text);

// Ends the step under way, if any, and the session.
[[nodiscard]] QCoro::Task<Result<SessionState>> abortSession(
    SessionTools tools, QString reason, std::stop_token stop);

// The name of a step's job on its host.
[[nodiscard]] QString jobId(const QString &session, const QString &step, int attempt);

} // namespace tidemark
