#pragma once

#include "procedure/procedure.h"
#include "values/instant.h"

namespace tidemark {

// One line of a session's journal. Which fields mean something depends on the kind.
struct SessionEvent {
    enum class Kind {
        Began,
        StepBegan, // written before anything is done
        StepEnded, // exit says how; evidence what it said
        StepLost, // nobody will know how it ended: the host restarted, its job is gone
        StepKnown, // somebody, or the step's own look, found that its effect is there
        Again, // a step that failed or was lost is to be done once more
        Skipped,
        Confirmed,
        Paused,
        Continued,
        HandedOver, // a person goes on outside
        TakenBack,
        Note,
        Aborted,
        Ended
    };
    Kind kind = Kind::Note;
    Instant at;
    QString who; // account and machine
    QString step;
    int attempt = 0; // from 1
    int exit = 0;
    QString text; // reason, note, what was typed
    QString evidence; // name of the file that keeps what the step said
    QString sum; // its SHA-256

    bool operator==(const SessionEvent &) const = default;
};

enum class StepStatus { Due, Running, Done, Failed, Lost, Skipped };

struct StepProgress {
    StepStatus status = StepStatus::Due;
    int attempt = 0;
    std::optional<Instant> began;
    std::optional<Instant> ended;
    std::optional<int> exit;
    QString text; // the reason, who said so
    QString evidence;

    bool operator==(const StepProgress &) const = default;
};

enum class SessionStatus {
    Running, // or interrupted: nobody runs it at the moment
    Paused,
    NeedsPerson, // a step failed or was lost, or waits to be confirmed
    HandedOver,
    Aborted,
    Ended // every step is done or skipped
};

// What the journal adds up to.
struct SessionState {
    SessionStatus status = SessionStatus::Running;
    std::vector<StepProgress> steps; // as many as the procedure has
    std::optional<std::size_t> current; // the first that is not done; nothing: all are
    std::optional<Instant> began;
    std::optional<Instant> ended;
    int skipped = 0;

    bool operator==(const SessionState &) const = default;
    // Every step was done, and none left out: only this may be shown as good.
    [[nodiscard]] bool whole() const { return status == SessionStatus::Ended && skipped == 0; }
    [[nodiscard]] bool over() const
    {
        return status == SessionStatus::Ended || status == SessionStatus::Aborted;
    }
};

[[nodiscard]] SessionState sessionState(const Procedure &procedure, const std::vector<SessionEvent> &events);

// Takes back what was done, last first, after the cluster's name was typed. Without steps: nothing can be.
[[nodiscard]] Procedure undoProcedure(const Procedure &procedure, const SessionState &state);

// What stays behind when the session ends here, in the order it was made.
[[nodiscard]] QStringList leftBehind(const Procedure &procedure, const SessionState &state);

} // namespace tidemark
