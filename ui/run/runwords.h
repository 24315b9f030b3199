#pragma once

#include "ports/sessionboard.h"
#include "theme/glyphs.h"

#include <QCoreApplication>

namespace tidemark {

class Clocks;

// What is said about a session and its steps.
struct RunWords {
    Q_DECLARE_TR_FUNCTIONS(RunWords)

public:
    [[nodiscard]] static Glyph glyph(const Step &step, StepStatus status);
    [[nodiscard]] static QString status(const Step &step, StepStatus status);
    [[nodiscard]] static Glyph glyph(const BoardSession &session);
    [[nodiscard]] static QString status(const BoardSession &session); // one or two words
    // What it is about now, in one sentence, and what follows from it.
    [[nodiscard]] static QString headline(const BoardSession &session);
    [[nodiscard]] static QString detail(const BoardSession &session);
    // What became of a step nobody followed, or why this console does not go on.
    [[nodiscard]] static QString interrupted(const BoardSession &session);
    [[nodiscard]] static QString place(const Step &step); // host, or "this machine"
    [[nodiscard]] static QString took(const StepProgress &progress, Instant now); // "1:05"; empty: not begun
    [[nodiscard]] static QString clock(std::chrono::microseconds span);
    [[nodiscard]] static QString repeat(const Step &step);
    // What going on does with the step that was under way.
    [[nodiscard]] static QString takenUp(const BoardSession &session, const Step &step);
};

// A person has to do something before it goes on.
[[nodiscard]] bool waitsForPerson(const Step &step, StepStatus status);
[[nodiscard]] const Step *currentStep(const SessionRecord &record, const SessionState &state);

} // namespace tidemark
